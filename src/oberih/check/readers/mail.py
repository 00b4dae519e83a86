"""One e-mail (RFC 5322, MIME): its subject and its readable text, as words of the other side."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from oberih.check.readers.sides import Chat, ChatId, UnreadableExport
from oberih.check.readers.source import Peeked
from oberih.check.values import Conversation, Message

HEADER = re.compile(
    r"(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version"
    r"|X-[A-Za-z-]+|DKIM-Signature|Authentication-Results): ?\S",
    re.IGNORECASE,
)
LARGEST = 64 * 1024 * 1024
UNSEEN = {"script", "style", "head", "template"}


def looks_like_mail(head: str) -> bool:
    """Tell whether it begins with a header of a mail, and has a sender among its headers."""
    headers = head.replace("\r\n", "\n").partition("\n\n")[0]
    has_sender = re.search(r"^from:", headers, re.IGNORECASE | re.MULTILINE) is not None
    return HEADER.match(head) is not None and has_sender


def read_mail(source: Peeked, *, me: str = "") -> Iterator[Chat]:  # noqa: ARG001  # all have it
    """Yield one message; attachments are not read. Raises UnreadableExport above 64 MB."""
    raw = source.read(LARGEST + 1)
    if len(raw) > LARGEST:
        message = "This mail is larger than 64 MB: save its text alone."
        raise UnreadableExport(message)
    mail = message_from_bytes(raw.lstrip(b"\xef\xbb\xbf"), policy=policy.default)
    parts = [str(mail.get("Subject", "")).strip(), _text_of(mail).strip()]
    text = "\n".join(part for part in parts if part)
    if text:
        yield Chat(ChatId("mail"), Conversation((Message("them", text),)))


def _text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        content = body.get_content()
    except (LookupError, KeyError, ValueError):
        payload = body.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return seen_text(content) if body.get_content_subtype() == "html" else str(content)


def seen_text(html: str) -> str:
    """Return what a reader of the page would see, a line a block."""
    page = _Seen()
    page.feed(html)
    page.close()
    return "\n".join(line for line in map(str.strip, "".join(page.text).splitlines()) if line)


class _Seen(HTMLParser):
    """Collects the text outside scripts and styles; nothing is run or fetched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in UNSEEN
        if tag in {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote"}:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.text.append(data)
