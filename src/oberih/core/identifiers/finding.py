"""Find every identifier in a message, or read the only one.

The text is read in plain letters (oberih.core.skeleton.plain). One kind after another takes its
spans, the least ambiguous first, and what is taken is blanked for those that follow, so that no two
overlap. Each step is linear in the length of the text.
"""

import re
from functools import partial

from oberih.core.identifiers import (
    cards,
    coins,
    emails,
    handles,
    ibans,
    links,
    phone_search,
)
from oberih.core.identifiers.identifier import Found, Identifier, NotAnIdentifier
from oberih.core.skeleton import Folded, plain

_FINDERS = (
    links.find_with_scheme,
    emails.find,
    links.find_bare,
    coins.find,
    ibans.find,
    handles.find,
    cards.find,
    phone_search.find,
)
_TAKEN = "\x00"
_SPOKEN = (
    (re.compile(r" ?[\[({] ?(?:\.|dot|крапка|точка) ?[\])}] ?"), "."),
    (re.compile(r" ?[\[({] ?(?:@|at|собака|ет|эт) ?[\])}] ?"), "@"),
    (re.compile(r"(?<=[A-Za-z0-9]) (?:собака|sobaka) (?=[A-Za-z0-9])"), "@"),
    (re.compile(r"(?<=[A-Za-z0-9]) (?:крапка|точка) (?=[A-Za-z0-9])"), "."),
    (re.compile(r"(?<=[0-9]) ?(?:тире|дефіс|дефис|риска|пробіл|пробел) ?(?=[0-9])"), "-"),
)
_AROUND = re.compile(r"[ \t\r\n.,;:!?'\"()<>\[\]{}*_|-]*")
_EXTENSION = re.compile(r"[ ,;]*(?:ext|доб|дод|вн|внутр|#|x)[.:]? ?[0-9]{1,6}[ .]*")


def parse(text: str) -> Identifier:
    """Return the one identifier that the text is; raises NotAnIdentifier for anything else.

    Punctuation around it and the extension of a phone are left out.
    """
    line = _spoken(plain(text))
    found = _found(line.text)
    if len(found) != 1 or not _is_whole(found[0], line=line.text):
        raise NotAnIdentifier
    return found[0].identifier


def find(text: str) -> list[Found]:
    """Return every identifier in the text, in its order, without overlaps."""
    line = _spoken(plain(text))
    return [_placed(one, line=line) for one in _found(line.text)]


def _found(line: str) -> list[Found]:
    found: list[Found] = []
    for finder in _FINDERS:
        newest = list(finder(line))
        line = _blanked(line, taken=newest)
        found += newest
    return sorted(found, key=lambda one: one.start)


def _blanked(line: str, *, taken: list[Found]) -> str:
    pieces, place = [], 0
    for one in taken:
        pieces += [line[place : one.start], _TAKEN * (one.end - one.start)]
        place = one.end
    return "".join([*pieces, line[place:]])


def _placed(found: Found, *, line: Folded) -> Found:
    start, end = line.span(found.start, end=found.end)
    return Found(found.identifier, start, end)


def _is_whole(found: Found, *, line: str) -> bool:
    after = line[found.end :]
    has_extension = found.identifier.kind == "phone" and _EXTENSION.fullmatch(after)
    return bool(
        _AROUND.fullmatch(line[: found.start]) and (has_extension or _AROUND.fullmatch(after))
    )


def _spoken(line: Folded) -> Folded:
    """Return the line with "(dot)" and its like as the sign that they stand for."""
    for written, sign in _SPOKEN:
        line = line.without(written.sub(partial(_as_sign, sign=sign), line.text))
    return line


def _as_sign(written: re.Match[str], *, sign: str) -> str:
    return sign + _TAKEN * (len(written[0]) - 1)
