"""Messages of one script side by side: what all say, and the slots that each fills its own way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from oberih.core.skeleton import skeleton

MOST_MESSAGES = 12
MOST_WORDS = 200
COMMON = 0.75
"""A word that so many of the messages say is the script's; the rest are slots."""

_PIECE = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some neighbouring words of a message: the script's own, or what fills a slot."""

    text: str
    is_common: bool


Aligned = tuple[Piece, ...]


def aligned(texts: Sequence[str]) -> tuple[Aligned, ...]:
    """Return each message in pieces; at most `MOST_MESSAGES` messages of `MOST_WORDS` words."""
    messages = [_PIECE.findall(text)[:MOST_WORDS] for text in texts[:MOST_MESSAGES]]
    folded = [[skeleton(word).strip(' .,!?…:;"«»()') for word in message] for message in messages]
    if len(messages) < 2:  # noqa: PLR2004  # one message has nothing to be compared with
        return tuple((Piece("".join(words), is_common=False),) for words in messages)
    middle = _middle(folded)
    matched = [_matched(folded[middle], other) for other in folded]
    said = [sum(place in found for found in matched) for place in range(len(folded[middle]))]
    common = {place for place, count in enumerate(said) if count >= COMMON * len(messages)}
    return tuple(
        _pieces(words, own={found[place] for place in common if place in found})
        for words, found in zip(messages, matched, strict=True)
    )


def _middle(folded: list[list[str]]) -> int:
    """Return the message that shares most words with all others; the first of equals."""
    sets = [set(words) for words in folded]
    shared = [sum(len(own & other) for other in sets) for own in sets]
    return shared.index(max(shared))


def _matched(middle: list[str], other: list[str]) -> dict[int, int]:
    """Return for places of the middle message the place of the same word in another one."""
    matcher = SequenceMatcher(None, middle, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _pieces(words: list[str], *, own: set[int]) -> Aligned:
    runs = groupby(range(len(words)), key=own.__contains__)
    return tuple(
        Piece("".join(words[place] for place in places), is_common=is_common)
        for is_common, places in runs
    )
