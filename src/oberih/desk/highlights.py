"""Texts cut into pieces so that a page can mark what the assessment points at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oberih.desk.threads import Place

Marks = Mapping[Place, Sequence[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `slot` says why it is marked and is empty where it is not."""

    text: str
    slot: str


def marks_of(assessment: Mapping[str, Any]) -> Marks:
    """Return each text's marked stretches from a stored assessment."""
    places = [Place(message, line) for message, line in assessment.get("places", [])]
    marks: dict[Place, list[tuple[int, int, str]]] = defaultdict(list)
    for index, start, end, slot in assessment.get("spans", []):
        if 0 <= index < len(places):
            marks[places[index]].append((start, end, slot))
    return marks


def pieces(text: str, *, marks: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Return the text in pieces; where marks overlap, the one that begins first wins."""
    found, at = [], 0
    for start, end, slot in sorted(marks):
        begin, stop = max(start, at), min(end, len(text))
        if begin >= stop:
            continue
        found += [Piece(text[at:begin], ""), Piece(text[begin:stop], slot)]
        at = stop
    found.append(Piece(text[at:], ""))
    return [piece for piece in found if piece.text]
