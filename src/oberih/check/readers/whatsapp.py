"""A dated line a message: WhatsApp (Android, iOS), Viber's text, Signal's as exporters write it."""

import re
from collections.abc import Iterator

from oberih.check.readers.sides import Chat, ChatId, Spoken, clock_of, sides_of
from oberih.check.readers.source import Peeked

STAMP = (
    r"[\u200e\u200f]?\[? ?([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}),? "
    r"([0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?)([ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?(?: ?\]| -) "
)
LINE = re.compile(STAMP + r"(.*)$")
BEGIN = re.compile(r"^\s*" + STAMP, re.MULTILINE)
OMITTED = re.compile(
    r"^\u200e?(?:<(?:Media omitted|Без медиафайлов|Медіа пропущено)>"
    r"|<(?:Файл пропущено|Медиафайл пропущен)>"
    r"|(?:image|video|audio|sticker|GIF|document) omitted)$"
)
MARKS = re.compile(r"[\u200e\u200f\u202a-\u202e]")


def looks_like_whatsapp(head: str) -> bool:
    """Tell whether some line begins with a date as WhatsApp writes it."""
    return BEGIN.search(head) is not None


def read_whatsapp(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield the one chat; a line without a date continues a text, without a name it is skipped."""
    spoken = [one for one in _spoken(source) if one.text and not OMITTED.match(one.text)]
    if spoken:
        yield Chat(ChatId("chat"), sides_of(spoken, me=me))


def _spoken(source: Peeked) -> Iterator[Spoken]:
    speaker, lines, at = "", list[str](), None
    for line in source.lines():
        found = LINE.match(line)
        if not found:
            lines.append(line)
            continue
        if speaker:
            yield Spoken(speaker, "\n".join(lines).rstrip(), at)
        name, colon, text = found[4].partition(": ")
        at = None if found[3] else clock_of(found[1], found[2])
        speaker, lines = (MARKS.sub("", name).strip(), [text]) if colon else ("", [])
    if speaker:
        yield Spoken(speaker, "\n".join(lines).rstrip(), at)
