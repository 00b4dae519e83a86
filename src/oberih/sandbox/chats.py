"""Exported chats, also inside an archive, read with limits into plain values."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from oberih.check.readers import Chat, read
from oberih.core.canonical import Json
from oberih.core.errors import BadInput
from oberih.sandbox.kinds import Kind, kind_of
from oberih.sandbox.refusals import NotAChat, TooLarge, WhoIsWho

LARGEST_MEMBER = 64 * 1024 * 1024
MOST_MEMBERS = 5000
MOST_MESSAGES = 20_000
LONGEST_TEXT = 8 * 1024 * 1024
WANTED = ("result.json", "messages.html", "_chat.txt", ".xml", ".txt")


def read_chats(content: bytes, *, form: str, me: str | None) -> Json:
    """Return the chats of an export as plain values; raises NotAChat, TooLarge, WhoIsWho."""
    text = _unpacked(content) if kind_of(content) is Kind.ARCHIVE else content
    chats: list[Json] = []
    left, letters = MOST_MESSAGES, LONGEST_TEXT
    for chat in _chats(text, form=form, me=me):
        left -= len(chat.conversation.messages)
        letters -= sum(len(message.text) for message in chat.conversation.messages)
        if left < 0 or letters < 0:
            raise TooLarge
        chats.append(_plain(chat))
    return chats


def _chats(content: bytes, *, form: str, me: str | None) -> Iterator[Chat]:
    try:
        yield from read(io.BytesIO(content), format=form, me=me)
    except BadInput as error:
        raise (WhoIsWho if "speakers" in type(error).__name__.lower() else NotAChat) from error


def _unpacked(content: bytes) -> bytes:
    """Return the export inside an archive; what is inside says nothing true of its own size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MOST_MEMBERS:
                raise TooLarge
            with archive.open(_wanted(names)) as member:
                read_out = member.read(LARGEST_MEMBER + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotAChat from error
    if len(read_out) > LARGEST_MEMBER:
        raise TooLarge
    return read_out


def _wanted(names: list[str]) -> str:
    for ending in WANTED:
        for name in names:
            if name.endswith(ending):
                return name
    raise NotAChat


def _plain(chat: Chat) -> Json:
    return {
        "id": str(chat.id),
        "messages": [
            {"from": message.sender, "at": _spelled(message.at), "text": message.text}
            for message in chat.conversation.messages
        ],
    }


def _spelled(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
