"""A link taken apart, and the spelling of its path and query."""

import re
from dataclasses import dataclass

from oberih.core.identifiers import hosts
from oberih.core.identifiers.identifier import NotAnIdentifier
from oberih.core.skeleton import small

_APART = re.compile(r"([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_PORT = re.compile(r"(.*?):0*([0-9]{0,5})", re.DOTALL)
_USUAL_PORTS = ("", "80", "443")
_LAST_PORT = 65535
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_KEPT = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]")
_ASCII_END = 0x80


@dataclass(frozen=True, slots=True)
class Link:
    """The parts of a link; `host` is canonical, the rest as it was written."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: str

    def steps(self) -> list[str]:
        """Return the parts of the path between slashes, the empty ones left out."""
        return [step for step in self.path.split("/") if step]

    def asked(self, name: str) -> str:
        """Return the value of a query field, or nothing; the last one counts."""
        pairs = [pair.partition("=") for pair in self.query.split("&")]
        return {key: unescaped(value) for key, _, value in pairs}.get(name, "")


def web_link(rest: str) -> Link:
    """Return the link behind `https://` or without it; raises NotAnIdentifier on a bad host."""
    authority, path, query, fragment = _apart(rest)
    name, port = _named(authority.rpartition("@")[2])
    host = name if hosts.is_address(name) else hosts.without_www(hosts.canonical(name))
    return Link("https", host + port, path, query, fragment)


def app_link(scheme: str, *, rest: str) -> Link:
    """Return a link of a messenger, such as `tg://resolve?domain=name`."""
    authority, path, query, fragment = _apart(rest)
    return Link(scheme, small(authority), path, query, fragment)


def canonical(link: Link) -> str:
    """Return the spelling of a web link: no user, no fragment, escapes in large letters."""
    query = f"?{escaped(link.query)}" if link.query else ""
    return f"https://{link.host}{escaped(link.path) or '/'}{query}"


def unescaped(text: str) -> str:
    """Return the text with its ASCII escapes resolved; others stay."""
    return _ESCAPED.sub(_ascii, text)


def escaped(text: str) -> str:
    """Return the text in ASCII; escapes that stand already get large letters."""
    pieces, place = [], 0
    while place < len(text):
        escape = _ESCAPED.match(text, place)
        pieces.append(escape[0].upper() if escape else _spelled(text[place]))
        place = escape.end() if escape else place + 1
    return "".join(pieces)


def _apart(rest: str) -> tuple[str, str, str, str]:
    parts = _APART.fullmatch(rest)
    if not parts:
        raise NotAnIdentifier
    return parts[1], parts[2], parts[3] or "", parts[4] or ""


def _named(authority: str) -> tuple[str, str]:
    written = _PORT.fullmatch(authority)
    if not written:
        return authority, ""
    if int(written[2] or "0") > _LAST_PORT:
        raise NotAnIdentifier
    return written[1], "" if written[2] in _USUAL_PORTS else f":{written[2]}"


def _ascii(escape: re.Match[str]) -> str:
    point = int(escape[1], 16)
    return chr(point) if point < _ASCII_END else escape[0]


def _spelled(letter: str) -> str:
    if _KEPT.fullmatch(letter):
        return letter
    return "".join(f"%{byte:02X}" for byte in letter.encode())
