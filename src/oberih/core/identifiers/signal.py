"""Signal: numbers, user names and groups behind signal.me and signal.group."""

import re

from oberih.core.identifiers import phones
from oberih.core.identifiers.identifier import Kind
from oberih.core.identifiers.link import Link, unescaped

KIND = Kind.SIGNAL

_CODE = re.compile(r"[A-Za-z0-9_=-]{10,256}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{2,31}\.[0-9]{2,9}")


def account(link: Link) -> str:
    """Return the number, user name or group behind the link, or nothing."""
    if link.scheme not in {"https", "sgnl"}:
        return ""
    fragment = link.fragment.removeprefix("/")
    if link.host == "signal.me":
        return _of_contact(fragment)
    if link.host == "signal.group":
        return f"group/{fragment}" if _CODE.fullmatch(fragment) else ""
    return ""


def name(text: str) -> str:
    """Return a user name such as `olena.57` in small letters, or nothing."""
    return text.lower() if _NAME.fullmatch(text) else ""


def _of_contact(fragment: str) -> str:
    what, _, rest = fragment.partition("/")
    if what == "p":
        return phones.e164(unescaped(rest).removeprefix("+"))
    if what == "eu" and _CODE.fullmatch(rest):
        return f"eu/{rest}"
    return ""
