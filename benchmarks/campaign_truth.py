"""How well groups fit the scripts that messages were made from, pair by pair."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from campaign_texts import KINDS, Example


class Quality(NamedTuple):
    """Of the pairs in one group, the part of one script; and the other way round."""

    precision: float
    recall: float
    by_kind: Mapping[str, float]
    """The recall of pairs of which one message was changed in this way."""

    def __str__(self) -> str:
        """Return it in a line."""
        kinds = ", ".join(f"{kind} {recall:.4f}" for kind, recall in self.by_kind.items())
        return f"precision {self.precision:.4f}, recall {self.recall:.4f} ({kinds})"


def quality(truth: Sequence[Example], *, groups: Sequence[str]) -> Quality:
    """Compare; `groups` has the group of each message."""
    followers = [one for one in truth if one.script]
    grouped = Counter(groups)
    scripts = Counter(one.script for one in followers)
    both = Counter(
        (one.script, group) for one, group in zip(truth, groups, strict=True) if one.script
    )
    right = _pairs(both.values())
    told = [(one, group) for one, group in zip(truth, groups, strict=True) if one.script]
    by_kind = {}
    for kind in KINDS:
        own = [(one, group) for one, group in told if one.kind == kind]
        found = sum(both[one.script, group] - 1 for one, group in own)
        by_kind[kind] = found / max(1, sum(scripts[one.script] - 1 for one, _ in own))
    return Quality(
        right / max(1, _pairs(grouped.values())), right / max(1, _pairs(scripts.values())), by_kind
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
