"""Names of accounts that stand in a text without a link: @name, "telegram: name"."""

import re
from collections.abc import Iterator

from oberih.core.identifiers import signal, telegram
from oberih.core.identifiers.identifier import Found, Identifier, Kind

_BEFORE = r"(?<![A-Za-z0-9_@/.&=])"
_AFTER = r"(?![A-Za-z0-9_@])(?!\.[a-z0-9])"
_AT = re.compile(rf"{_BEFORE}@([A-Za-z][A-Za-z0-9_]{{4,31}}){_AFTER}")
_WORD = r"(?<![A-Za-z0-9_а-яА-ЯіїєґІЇЄҐ])"
_TELEGRAM = re.compile(
    rf"{_WORD}(?:[Tt]elegram|TELEGRAM|[Тт]елеграмм?|ТЕЛЕГРАМ|[Тт]г|ТГ|[Tt]g|TG)"
    rf" {{0,2}}[:-] {{0,2}}([A-Za-z][A-Za-z0-9_]{{4,31}}){_AFTER}"
)
_SIGNAL = re.compile(
    rf"{_WORD}(?:[Ss]ignal|SIGNAL|[Сс]игнал|СИГНАЛ|[Сс]ігнал|СІГНАЛ)"
    rf" {{0,2}}[:-]? {{0,2}}@?([A-Za-z_][A-Za-z0-9_]{{2,31}}\.[0-9]{{2,9}})(?![A-Za-z0-9_@.])"
)


def find(line: str) -> Iterator[Found]:
    """Yield the names in the line, in order."""
    found = [*_named(line, pattern=_AT), *_named(line, pattern=_TELEGRAM), *_signal(line)]
    end = 0
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _named(line: str, *, pattern: re.Pattern[str]) -> Iterator[Found]:
    for match in pattern.finditer(line):
        value = telegram.name(match[1])
        if value:
            start = match.start() if pattern is _AT else match.start(1)
            yield Found(Identifier(Kind.TELEGRAM, value), start, match.end())


def _signal(line: str) -> Iterator[Found]:
    for match in _SIGNAL.finditer(line):
        yield Found(Identifier(Kind.SIGNAL, signal.name(match[1])), match.start(1), match.end())
