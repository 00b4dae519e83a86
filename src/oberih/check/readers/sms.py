"""SMS Backup & Restore's XML as a stream: no entities, no DTD, no network, bounded memory."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from oberih.check.readers.sides import Chat, ChatId, UnreadableExport
from oberih.check.readers.source import Peeked
from oberih.check.values import Conversation, Message, Sender

SENT = "2"
MILLISECONDS = re.compile(r"[0-9]{12,13}$")
CUT_OFF = "The backup is cut off or damaged: nothing of it was checked. Make it again."


def read_sms(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield one chat a telephone number; type 1 came in, 2 went out. `me` is not needed."""
    del me
    head = source.head_text().upper()
    if "<!DOCTYPE" in head or "<!ENTITY" in head:
        sentence = "This file defines entities: it is not a backup that can be read."
        raise UnreadableExport(sentence)
    chats: dict[str, list[Message]] = {}
    try:
        for address, message in _messages(source):
            chats.setdefault(address, []).append(message)
    except etree.XMLSyntaxError as error:
        raise UnreadableExport(CUT_OFF) from error
    for address, messages in chats.items():
        yield Chat(ChatId(address), Conversation(tuple(messages)))


def _messages(source: Peeked) -> Iterator[tuple[str, Message]]:
    elements = etree.iterparse(
        source,
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
    )
    for _, element in elements:
        text = element.get("body") or ""
        if element.tag == "sms" and text and text != "null":
            sender: Sender = "me" if element.get("type") == SENT else "them"
            at = _moment(element.get("date") or "")
            yield element.get("address") or "unknown", Message(sender, text, at)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _moment(date: str) -> datetime | None:
    """Return the time of the milliseconds that the backup counts; None for anything else."""
    return datetime.fromtimestamp(int(date) / 1000, tz=UTC) if MILLISECONDS.match(date) else None
