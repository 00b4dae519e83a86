"""Exported chats, also inside an archive, read with limits into plain values."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from oberih.check.readers import Chat, UnreadableExport, WhoIsMe, read
from oberih.core.canonical import Json
from oberih.sandbox.kinds import Kind, kind_of
from oberih.sandbox.refusals import NotAChat, TooLarge, WhoIsWho

LARGEST_MEMBER = 64 * 1024 * 1024
MOST_MEMBERS = 5000
MOST_MESSAGES = 20_000
LONGEST_TEXT = 8 * 1024 * 1024
SAMPLES = {
    "text": "Good day",
    "whatsapp": "02.11.2026, 10:00 - Ada: good day\n02.11.2026, 10:01 - Boris: who is this?\n",
    "sms": "<?xml version='1.0'?><smses count='1'>"
    "<sms address='+380500000009' date='1762000000000' type='1' body='good day'/></smses>",
    "telegram": '{"name":"Ada","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message",'
    '"date":"2026-11-02T10:00:00","from":"Ada","from_id":"user1","text":"good day"}]}',
    "telegram-html": '<html><div class="page_wrap"><div class="history"><div class="message">'
    '<div class="body"><div class="from_name">Ada</div><div class="text">good day</div>'
    "</div></div></div></div></html>",
}
WANTED = ("result.json", "messages.html", "_chat.txt", ".xml", ".txt")


def read_chats(content: bytes, *, form: str, me: str) -> Json:
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


def prepare() -> None:
    """Read one small export of each format: later, no module can be loaded any more."""
    for form, sample in SAMPLES.items():
        read_chats(_archive(sample), form=form, me="Ada")


def _archive(sample: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", sample)
    return buffer.getvalue()


def _chats(content: bytes, *, form: str, me: str) -> Iterator[Chat]:
    try:
        yield from read(io.BytesIO(content), format=form, me=me)
    except WhoIsMe as error:
        raise WhoIsWho(error.speakers) from error
    except (UnreadableExport, ValueError) as error:
        raise NotAChat from error


def _unpacked(content: bytes) -> bytes:
    """Return the export inside an archive; what is inside says nothing true of its own size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            read_out = _read_wanted(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotAChat from error
    if len(read_out) > LARGEST_MEMBER:
        raise TooLarge
    return read_out


def _read_wanted(archive: zipfile.ZipFile) -> bytes:
    names = archive.namelist()
    if len(names) > MOST_MEMBERS:
        raise TooLarge
    wanted = [name for ending in WANTED for name in names if name.endswith(ending)]
    if not wanted:
        raise NotAChat
    with archive.open(wanted[0]) as member:
        return member.read(LARGEST_MEMBER + 1)


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
