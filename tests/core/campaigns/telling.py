"""Invented messages for the tests of this folder, and the shortest way to their groups."""

import json
import random
from collections.abc import Iterable, Mapping

from oberih.campaigns.groups import Grouped, grouped
from oberih.campaigns.reading import read_sketches

SYLLABLES = [a + b for a in "бвгджзклмнпрст" for b in "аеиоу"]


def words(count: int, *, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # tests must repeat
    return ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(count)]


def varied(script: list[str], *, seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311  # tests must repeat
    places = set(chance.sample(range(len(script)), len(script) // 5))
    other = words(len(script), seed=seed + 10_000)
    return " ".join(other[at] if at in places else word for at, word in enumerate(script))


def line(name: str, text: str, **more: object) -> bytes:
    return json.dumps({"id": name, "text": text, **more}, ensure_ascii=False).encode()


def linked(lines: Iterable[bytes]) -> dict[str, Grouped]:
    return {one.id: one for one in grouped(read_sketches(lines, told=lambda _: None))}


def parts(found: Mapping[str, Grouped]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for one in found.values():
        groups.setdefault(one.group, set()).add(one.id)
    return {frozenset(members) for members in groups.values()}
