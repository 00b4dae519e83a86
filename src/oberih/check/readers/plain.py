"""Pasted text: lines copied from Telegram, lines labelled "я:", else one text of the other side."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from oberih.check.readers.sides import Chat, ChatId, Spoken, WhoIsMe, clock_of, sided, sides_of
from oberih.check.readers.source import Peeked
from oberih.check.values import Conversation, Message

PASTED = re.compile(
    r"^(.{1,60}), \[([0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\]"
    r":?\s*(.*)$"
)
LABEL = re.compile(r"^([^:\n]{1,30}):(\s)\s*(.*)$")
MINE = frozenset({"я", "me", "i", "моє", "мое"})
SPEAKERS = 6


class _Collected(NamedTuple):
    """A labelled text: `mark` is what stands between the name and it."""

    speaker: str
    mark: str
    text: str


def read_plain(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield the one conversation of a pasted text."""
    text = "".join(source.text())
    yield Chat(ChatId("chat"), _conversation(text, me=me))


def _conversation(text: str, *, me: str) -> Conversation:
    pasted = [_dated(one) for one in _collected(text, pattern=PASTED)]
    if pasted:
        return sides_of(pasted, me=me)
    labelled = _collected(text, pattern=LABEL)
    speakers = {one.speaker for one in labelled}
    mine = {one for one in speakers if one.lower() in MINE or (me and one == me)}
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    is_chat = all(map(LABEL.match, lines)) and len(lines) > len(speakers) > 1
    if is_chat and not mine and not me and len(speakers) <= SPEAKERS:
        raise WhoIsMe(dict.fromkeys(one.speaker for one in labelled))
    if not (mine or is_chat) or len(speakers) > SPEAKERS or not LABEL.match(lines[0]):
        return Conversation((Message("them", text),))
    return Conversation(
        tuple(sided(Spoken(one.speaker, one.text), mine=one.speaker in mine) for one in labelled)
    )


def _collected(text: str, *, pattern: re.Pattern[str]) -> list["_Collected"]:
    spoken: list[tuple[tuple[str, str], list[str]]] = []
    for line in text.split("\n"):
        found = pattern.match(line.rstrip("\r"))
        if found:
            spoken.append(((found[1].strip(), found[2]), [found[3]]))
        elif spoken:
            spoken[-1][1].append(line.rstrip("\r"))
    texts = ((*heads, "\n".join(lines).strip()) for heads, lines in spoken)
    return [_Collected(*one) for one in texts if one[-1]]


def _dated(one: "_Collected") -> Spoken:
    day, _, clock = one.mark.partition(" ")
    return Spoken(one.speaker, one.text, clock_of(day.rstrip(","), clock))
