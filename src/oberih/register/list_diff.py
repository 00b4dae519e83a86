"""What differs between two issues of one source; that a row vanished says nothing of anybody."""

from collections.abc import Mapping
from dataclasses import dataclass

Rows = Mapping[str, Mapping[str, str]]
"""The rows of an issue: fields by match."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Matches that appeared, vanished, changed or stayed, each sorted."""

    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    changed: tuple[str, ...]
    same: int

    @property
    def is_suspicious(self) -> bool:
        """Whether half of the earlier rows or more are gone: perhaps the file is not whole."""
        before = len(self.vanished) + len(self.changed) + self.same
        return before > 0 and len(self.vanished) * 2 >= before


def difference(before: Rows, *, now: Rows) -> Difference:
    """Return what differs."""
    both = before.keys() & now.keys()
    changed = [match for match in both if dict(before[match]) != dict(now[match])]
    return Difference(
        appeared=tuple(sorted(now.keys() - before.keys())),
        vanished=tuple(sorted(before.keys() - now.keys())),
        changed=tuple(sorted(changed)),
        same=len(both) - len(changed),
    )
