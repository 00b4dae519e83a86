"""A case's timeline as numbers for a small drawing: lanes of the family, the desk, inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH, HEIGHT = 300, 66
LEFT, RIGHT = 58, 8
LANES = {"family": 10, "desk": 32, "internal": 54}
SHORTEST = timedelta(hours=1)
TICKS = 4


@dataclass(frozen=True, slots=True)
class Dot:
    """One message or note in its lane."""

    x: int
    y: int
    side: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment named below the lanes."""

    x: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the page draws; the table beside it says the same in words."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    lanes: tuple[tuple[str, int], ...] = tuple(LANES.items())
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def draw(moments: Iterable[tuple[str, datetime]]) -> Drawing:
    """Return the drawing of sides and their moments; automatic messages are not drawn."""
    shown = [(side, at) for side, at in moments if side in LANES]
    if not shown:
        return Drawing((), ())
    first = min(at for _side, at in shown)
    span = max(max(at for _side, at in shown) - first, SHORTEST)
    room = WIDTH - LEFT - RIGHT

    def across(at: datetime) -> int:
        return LEFT + round((at - first) / span * room)

    dots = tuple(Dot(across(at), LANES[side], side, at) for side, at in shown)
    marks = (first + span * step / (TICKS - 1) for step in range(TICKS))
    return Drawing(dots, tuple(Tick(across(at), at) for at in marks))
