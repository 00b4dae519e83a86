"""Viber: numbers, communities and bots behind viber:// and its web pages."""

import re

from oberih.core.identifiers import phones
from oberih.core.identifiers.identifier import Kind
from oberih.core.identifiers.link import Link, unescaped

KIND = Kind.VIBER

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{2,63}")
_CODE = re.compile(r"[A-Za-z0-9_=+/-]{6,128}")


def account(link: Link) -> str:
    """Return the number, community or bot behind the link, or nothing."""
    if link.scheme == "viber":
        return _of_app(link)
    if link.host == "viber.click":
        return _of_number(unescaped((["", *link.steps()])[-1]))
    if link.host == "chats.viber.com":
        return _named(([*link.steps(), ""])[0])
    if link.host == "invite.viber.com":
        return _invitation(link.asked("g2") or link.asked("g"))
    return ""


def _of_app(link: Link) -> str:
    if link.host in {"chat", "add", "contact", "calls", "keypad"}:
        return _of_number(link.asked("number"))
    if link.host == "pa":
        return _named(link.asked("chatURI"))
    if link.host == "chats":
        return _named(([*link.steps(), ""])[0])
    return ""


def _of_number(text: str) -> str:
    return phones.e164("".join(sign for sign in text if sign not in "+ -()"))


def _named(text: str) -> str:
    return f"chat/{text.lower()}" if _NAME.fullmatch(text) else ""


def _invitation(code: str) -> str:
    return f"invite/{code}" if _CODE.fullmatch(code) else ""
