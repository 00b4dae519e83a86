"""Telegram: names, invitations and phones behind t.me and tg://."""

import re

from oberih.core.identifiers import hosts, phones
from oberih.core.identifiers.identifier import Kind
from oberih.core.identifiers.link import Link, unescaped

KIND = Kind.TELEGRAM

_HOSTS = ("t.me", "telegram.me", "telegram.dog")
_WEB = "web.telegram.org"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_INVITATION = re.compile(r"[A-Za-z0-9_-]{10,64}")
_NUMBER = re.compile(r"[0-9]{1,20}")
_PAGES = frozenset(hosts.TABLES["telegram_pages"].split())


def account(link: Link) -> str:
    """Return the canonical name, invitation or number behind the link, or nothing."""
    if link.scheme == "tg":
        return _of_app(link)
    if link.host in _HOSTS:
        return _of_steps([unescaped(step) for step in link.steps()])
    if link.host == _WEB:
        return name(link.fragment.removeprefix("/im?p=").removeprefix("@"))
    host_name, _, rest = link.host.partition(".")
    return name(host_name) if rest == "t.me" else ""


def name(text: str) -> str:
    """Return a user name or channel in small letters, or nothing when it cannot be one."""
    is_name = _NAME.fullmatch(text) and text.lower() not in _PAGES
    return text.lower() if is_name else ""


def _of_steps(steps: list[str]) -> str:
    match steps:
        case ["joinchat", code, *_]:
            return _invitation(code)
        case ["s", shown, *_]:
            return name(shown.removeprefix("@"))
        case ["c", number, *_]:
            return f"c/{number}" if _NUMBER.fullmatch(number) else ""
        case [first, *_] if first.startswith("+"):
            return _of_number(first) or _invitation(first[1:])
        case [first, *_]:
            return name(first.removeprefix("@"))
        case _:
            return ""


def _of_app(link: Link) -> str:
    if link.host == "resolve":
        return name(link.asked("domain")) or _of_number(link.asked("phone"))
    if link.host == "join":
        return _invitation(link.asked("invite"))
    if link.host in {"user", "openmessage"}:
        number = link.asked("id") or link.asked("user_id")
        return f"id/{number}" if _NUMBER.fullmatch(number) else ""
    return ""


def _of_number(text: str) -> str:
    return phones.e164(text.removeprefix("+"))


def _invitation(code: str) -> str:
    return f"+{code}" if _INVITATION.fullmatch(code) else ""
