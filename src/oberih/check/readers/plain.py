"""Pasted text: lines copied from Telegram, lines labelled "я:", else one text of the other side."""

import re
from collections.abc import Iterator

from oberih.check.readers.sides import Chat, ChatId, Spoken, sides_of
from oberih.check.readers.source import Peeked
from oberih.check.values import Conversation, Message

PASTED = re.compile(
    r"^(.{1,60}), \[([0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\]"
    r":?\s*(.*)$"
)
LABEL = re.compile(r"^([^:\n]{1,30}):(\s)\s*(.*)$")
MINE = frozenset({"я", "me", "i", "моє", "мое"})
SPEAKERS = 6


def read_plain(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield the one conversation of a pasted text."""
    text = "".join(source.text())
    yield Chat(ChatId("chat"), _conversation(text, me=me))


def _conversation(text: str, *, me: str) -> Conversation:
    pasted = _collected(text, pattern=PASTED)
    if pasted:
        return sides_of(pasted, me=me)
    labelled = _collected(text, pattern=LABEL)
    speakers = {one.speaker for one in labelled}
    mine = {one for one in speakers if one.lower() in MINE or (me and one == me)}
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not mine or len(speakers) > SPEAKERS or not LABEL.match(first):
        return Conversation((Message("them", text),))
    return Conversation(
        tuple(Message("me" if one.speaker in mine else "them", one.text) for one in labelled)
    )


def _collected(text: str, *, pattern: re.Pattern[str]) -> list[Spoken]:
    spoken: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        found = pattern.match(line.rstrip("\r"))
        if found:
            spoken.append((found[1].strip(), [found[3]]))
        elif spoken:
            spoken[-1][1].append(line.rstrip("\r"))
    texts = ((speaker, "\n".join(lines).strip()) for speaker, lines in spoken)
    return [Spoken(speaker, said) for speaker, said in texts if said]
