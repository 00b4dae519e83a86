"""Exports of messengers to conversations, read as a stream; nothing is guessed about who "me" is.

UnreadableExport       not an export, or broken off: one sentence, nothing of it assessed
└── WhoIsMe            it cannot be told which speaker is "me": the sentence names them
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import BinaryIO

from oberih.check.readers.mail import looks_like_mail, read_mail
from oberih.check.readers.plain import read_plain
from oberih.check.readers.sides import Chat, UnreadableExport, WhoIsMe
from oberih.check.readers.signal import looks_like_signal, read_signal
from oberih.check.readers.sms import read_sms
from oberih.check.readers.source import Peeked, peeked
from oberih.check.readers.telegram import read_telegram
from oberih.check.readers.telegram_html import looks_like_telegram_html, read_telegram_html
from oberih.check.readers.viber import looks_like_viber, read_viber
from oberih.check.readers.whatsapp import looks_like_whatsapp, read_whatsapp

__all__ = ["Chat", "Format", "UnreadableExport", "WhoIsMe", "format_of", "read"]

Reader = Callable[..., Iterator[Chat]]


class Format(StrEnum):
    """The exports that can be read; AUTO looks at the beginning of the file."""

    AUTO = "auto"
    TELEGRAM = "telegram"
    TELEGRAM_HTML = "telegram-html"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    VIBER = "viber"
    SIGNAL = "signal"
    MAIL = "eml"
    TEXT = "text"


READERS: dict[Format, Reader] = {
    Format.TELEGRAM: read_telegram,
    Format.TELEGRAM_HTML: read_telegram_html,
    Format.WHATSAPP: read_whatsapp,
    Format.SMS: read_sms,
    Format.VIBER: read_viber,
    Format.SIGNAL: read_signal,
    Format.MAIL: read_mail,
    Format.TEXT: read_plain,
}


SIGNS: tuple[tuple[Format, Callable[[str], bool]], ...] = (
    (Format.SIGNAL, looks_like_signal),
    (Format.TELEGRAM, lambda head: head.startswith("{")),
    (Format.SMS, lambda head: head.startswith("<") and "<smses" in head),
    (Format.TELEGRAM_HTML, looks_like_telegram_html),
    (Format.MAIL, looks_like_mail),
    (Format.VIBER, looks_like_viber),
    (Format.WHATSAPP, looks_like_whatsapp),
)
"""What each format's beginning looks like, in the order in which they are tried."""


def read(stream: BinaryIO, *, format: str = "auto", me: str = "") -> Iterator[Chat]:  # noqa: A002  # the contract's word
    """Yield the chats of an export; `me` is a name or an id.

    Raises UnreadableExport for what is empty, an archive, cut off or not an export, and WhoIsMe.
    """
    source = peeked(stream)
    chosen = Format(format)
    if chosen is Format.AUTO:
        chosen = format_of(source)
    found = False
    for chat in READERS[chosen](source, me=me):
        found = True
        yield chat
    if not found:
        message = "No messages with text were found: this is not an export that can be read."
        raise UnreadableExport(message)


def format_of(source: Peeked) -> Format:
    """Return the format that the beginning of a file shows."""
    head = source.head_text().lstrip()
    return next((form for form, is_this in SIGNS if is_this(head)), Format.TEXT)
