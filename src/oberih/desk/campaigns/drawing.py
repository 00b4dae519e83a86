"""The drawings of a campaign as numbers for SVG: who is linked by what, when, and where."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from django.utils.translation import get_language

from oberih.campaigns.network import MOST_NODES, Network
from oberih.desk.regions import REGIONS

WIDTH, HEIGHT, EDGE = 640, 420, 24
ROUNDS = 90
MOST_DAYS = 62
DAY_WIDTH, DAYS_HEIGHT = 14, 90
TILE = 52
FEW = 5

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Node:
    """A contact or a clue; `row` is the contact's row in the table, 0 for a clue."""

    x: int
    y: int
    row: int
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A link: dashed when it is inferred; from and to a contact's row in the table, or 0."""

    x1: int
    y1: int
    x2: int
    y2: int
    is_inferred: bool
    rows: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and lines, and how many contacts and shared things did not fit."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    more: int
    more_clues: int = 0
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """The contacts of one day."""

    x: int
    y: int
    height: int
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Days:
    """Contacts by day; `earlier` counts those before the first bar."""

    bars: tuple[Bar, ...]
    width: int
    earlier: int
    height: int = DAYS_HEIGHT


@dataclass(frozen=True, slots=True)
class Tile:
    """A region; its number is `<5` rather than a few families; `depth` is 0 to 4."""

    code: str
    name: str
    short: str
    x: int
    y: int
    shown: str
    depth: int


GRID: Mapping[str, tuple[int, int, str, str]] = {
    "UA-07": (0, 0, "Вл", "Vol"), "UA-56": (1, 0, "Рв", "Riv"), "UA-18": (2, 0, "Жт", "Zhy"),
    "UA-30": (3, 0, "Кв", "Kyv"), "UA-74": (4, 0, "Чг", "Chh"), "UA-59": (5, 0, "См", "Sum"),
    "UA-46": (0, 1, "Лв", "Lvi"), "UA-61": (1, 1, "Тр", "Ter"), "UA-68": (2, 1, "Хм", "Khm"),
    "UA-32": (3, 1, "Ко", "K.r"), "UA-53": (4, 1, "Пл", "Pol"), "UA-63": (5, 1, "Хк", "Kha"),
    "UA-09": (6, 1, "Лг", "Luh"),
    "UA-21": (0, 2, "Зк", "Zak"), "UA-26": (1, 2, "ІФ", "I-F"), "UA-05": (2, 2, "Вн", "Vin"),
    "UA-71": (3, 2, "Чк", "Che"), "UA-35": (4, 2, "Кр", "Kir"), "UA-12": (5, 2, "Дн", "Dni"),
    "UA-14": (6, 2, "Дц", "Don"),
    "UA-77": (1, 3, "Чв", "Chv"), "UA-51": (2, 3, "Од", "Ode"), "UA-48": (3, 3, "Мк", "Myk"),
    "UA-65": (4, 3, "Хс", "Khe"), "UA-23": (5, 3, "Зп", "Zap"),
    "UA-43": (4, 4, "АК", "Cri"), "UA-40": (3, 4, "Св", "Sev"),
}  # fmt: skip
"""Column, row, and the name on the tile in Ukrainian and in English."""


def graph(found: Network, *, rows: Mapping[int, int], more: int) -> Graph:
    """Return the graph of these contacts; `rows` numbers them as the table does."""
    contacts = sorted(rows, key=lambda contact: rows[contact])
    holders = Counter(one.clue for one in found.shown)
    by_holders = sorted(found.clues, key=lambda one: (-holders[one.pk], one.pk))
    clues = by_holders[: max(0, MOST_NODES - len(contacts))]
    names = [f"contact {one}" for one in contacts] + [f"clue {one.pk}" for one in clues]
    place = {name: number for number, name in enumerate(names)}
    joins = [
        (place[f"contact {one.contact}"], place[f"clue {one.clue}"], one.is_near)
        for one in found.shown
        if f"clue {one.clue}" in place
    ]
    joins += [
        (place[f"contact {one.one}"], place[f"contact {one.other}"], one.whys[0].is_inferred)
        for one in found.scripts
    ]
    spread = _spread(len(names), joins=[join[:2] for join in joins])
    numbers = [rows[one] for one in contacts] + [0] * len(clues)
    kinds = ["contact"] * len(contacts) + [one.kind for one in clues]
    nodes = tuple(
        Node(*spread[number], row, kind)
        for number, (row, kind) in enumerate(zip(numbers, kinds, strict=True))
    )
    lines = tuple(
        Line(*spread[one], *spread[other], is_dashed, (numbers[one], numbers[other]))
        for one, other, is_dashed in joins
    )
    return Graph(nodes, lines, more, len(found.clues) - len(clues))


def days(counted: Counter[date]) -> Days:
    """Return a bar for each of the last days on which something came."""
    if not counted:
        return Days((), 0, 0)
    last = max(counted)
    first = max(min(counted), last - timedelta(days=MOST_DAYS - 1))
    listed = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    tallest = max(counted.values())
    room = DAYS_HEIGHT - 22
    bars = tuple(
        Bar(number * DAY_WIDTH, room - tall, tall, day, counted[day])
        for number, day in enumerate(listed)
        for tall in [round(room * counted[day] / tallest)]
    )
    earlier = sum(count for day, count in counted.items() if day < first)
    return Days(bars, len(listed) * DAY_WIDTH, earlier)


def tiles(counted: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return the 27 regions on an even grid; a number below five is not shown as itself."""
    is_ukrainian = get_language() == "uk"
    return tuple(
        Tile(
            code,
            str(REGIONS[code]),
            uk if is_ukrainian else en,
            x * TILE,
            y * TILE,
            *_shown(counted.get(code, 0)),
        )
        for code, (x, y, uk, en) in GRID.items()
    )


def _shown(count: int) -> tuple[str, int]:
    if count == 0:
        return "", 0
    if count < FEW:
        return f"<{FEW}", 1
    return str(count), min(4, 1 + int(math.log2(count / FEW) + 1))


def _spread(size: int, *, joins: Sequence[tuple[int, ...]]) -> list[tuple[int, int]]:
    """Lay the nodes out (Fruchterman and Reingold 1991), the same each time."""
    if not size:
        return []
    turn = np.arange(size) * 2.399963  # the golden angle: an even start without chance
    at = np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt(np.arange(size) + 1)[:, None]
    ends = np.array(list(joins), np.int64).reshape(-1, 2)
    for step in range(ROUNDS):
        at = at + _moved(at, ends=ends, heat=2.0 * (1 - step / ROUNDS))
    return _fitted(at)


def _moved(at: Points, *, ends: npt.NDArray[np.int64], heat: float) -> Points:
    x, y = at[:, 0], at[:, 1]
    weight = 1 / np.maximum((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2, 0.01)
    push = at * weight.sum(axis=1, keepdims=True) - weight @ at  # each from all, as one product
    along = at[ends[:, 0]] - at[ends[:, 1]]
    pull = along * np.sqrt((along**2).sum(axis=1, keepdims=True)) * 0.5
    for axis in (0, 1):
        push[:, axis] -= np.bincount(ends[:, 0], pull[:, axis], minlength=len(at))
        push[:, axis] += np.bincount(ends[:, 1], pull[:, axis], minlength=len(at))
    push -= at * 0.08  # towards the middle, so that parts without links stay on the page
    length = np.maximum(np.sqrt((push**2).sum(axis=1, keepdims=True)), 1e-9)
    moved: Points = push / length * np.minimum(length, heat)
    return moved


def _fitted(at: Points) -> list[tuple[int, int]]:
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE])
    scaled = EDGE + (at - low) / np.maximum(high - low, 1e-9) * room
    if len(at) == 1:
        scaled = np.array([[WIDTH / 2, HEIGHT / 2]])
    return [(round(x), round(y)) for x, y in scaled.tolist()]
