"""WhatsApp: numbers, groups and channels behind wa.me and its like."""

import re

from oberih.core.identifiers import phones
from oberih.core.identifiers.identifier import Kind
from oberih.core.identifiers.link import Link, unescaped

KIND = Kind.WHATSAPP

_SEND = ("api.whatsapp.com", "web.whatsapp.com", "whatsapp.com")
_CODE = re.compile(r"[A-Za-z0-9_-]{10,64}")


def account(link: Link) -> str:
    """Return the number, group, message or channel behind the link, or nothing."""
    if link.scheme == "whatsapp":
        return _of_app(link)
    if link.host == "wa.me":
        return _of_steps([unescaped(step) for step in link.steps()])
    if link.host == "chat.whatsapp.com":
        return _coded("invite", code=(["", *link.steps()])[-1])
    if link.host in _SEND:
        return _of_page(link)
    return ""


def _of_steps(steps: list[str]) -> str:
    match steps:
        case ["message" | "qr" as what, code, *_]:
            return _coded(what, code=code)
        case ["c", number, *_] | [number, *_]:
            return _of_number(number)
        case _:
            return ""


def _of_page(link: Link) -> str:
    match link.steps():
        case ["channel" as what, code, *_]:
            return _coded(what, code=code)
        case ["send", *_]:
            return _of_number(link.asked("phone"))
        case _:
            return ""


def _of_app(link: Link) -> str:
    if link.host == "chat":
        return _coded("invite", code=link.asked("code"))
    return _of_number(link.asked("phone"))


def _of_number(text: str) -> str:
    return phones.e164("".join(sign for sign in text if sign not in "+ -()"))


def _coded(what: str, *, code: str) -> str:
    return f"{what}/{code}" if _CODE.fullmatch(code) else ""
