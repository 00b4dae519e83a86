"""International bank account numbers (ISO 13616): known country, its length, right checksum."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files

from oberih.core.identifiers.identifier import Found, Identifier, Kind

_TABLE = json.loads((files("oberih.core.identifiers") / "ibans.json").read_text(encoding="utf-8"))
_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _TABLE["lengths"].split()}
_CYRILLIC = str.maketrans("АВЕКМНОРСТХІ", "ABEKMHOPCTXI")
_WORD = "A-Za-z0-9_А-Яа-яІіЇїЄєҐґ"
_START = re.compile(rf"(?<![{_WORD}])[A-Za-zАВЕКМНОРСТХІ]{{2}} ?[0-9]{{2}}")
_NEXT = re.compile(r"[ -]?([A-Za-z0-9АВЕКМНОРСТХІ])")
_END = re.compile(rf"(?![{_WORD}])")


def find(line: str) -> Iterator[Found]:
    """Yield the account numbers in the line, written together or in groups."""
    start = _START.search(line)
    while start:
        found = _account(line, start=start)
        if found:
            yield found
        start = _START.search(line, found.end if found else start.end())


def _account(line: str, *, start: re.Match[str]) -> Found | None:
    value = _spelled(start[0])
    end = start.end()
    for _ in range(_LENGTHS.get(value[:2], 0) - len(value)):
        following = _NEXT.match(line, end)
        if not following:
            return None
        value += _spelled(following[1])
        end = following.end()
    if value[:2] in _LENGTHS and _END.match(line, end) and _remainder(value) == 1:
        return Found(Identifier(Kind.IBAN, value), start.start(), end)
    return None


def _spelled(text: str) -> str:
    return text.translate(_CYRILLIC).replace(" ", "").upper()


def _remainder(value: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in value[4:] + value[:4])) % 97
