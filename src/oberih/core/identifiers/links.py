"""Links: messengers' own, then web pages and domains."""

import re
from collections.abc import Iterator

from oberih.core.identifiers import hosts, signal, telegram, viber, whatsapp
from oberih.core.identifiers.identifier import Found, Identifier, Kind, NotAnIdentifier
from oberih.core.identifiers.link import Link, app_link, canonical, web_link

_REST = r"[^ \t\r\n\f\v\x00<>\"{}|\\^`]"
_SCHEME = re.compile(
    rf"(?<![A-Za-z0-9])(h[tx][tx]ps?|tg|viber|whatsapp|sgnl):/{{1,3}}({_REST}{{1,2048}})",
    re.ASCII | re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![{hosts.LETTERS}@/=_\\-])(?<![{hosts.LETTERS}@]\.)"
    rf"({hosts.NAME})(?![{hosts.LETTERS}@_])(:[0-9]{{1,5}})?([/?#]{_REST}{{0,2048}})?"
)
_WORD_WITH_DOT = re.compile(r"(?<![^ \t\r\n])[^ \t\r\n.]*\.[^ \t\r\n]+")
_TRAILING = ".,;:!?'*_)]~"
_MESSENGERS = (telegram, whatsapp, viber, signal)


def find_with_scheme(line: str) -> Iterator[Found]:
    """Yield what stands behind `https://`, `tg://` and their like."""
    for match in _SCHEME.finditer(line):
        rest = _trimmed(match[2])
        scheme = match[1].lower()
        try:
            link = web_link(rest) if scheme[0] == "h" else app_link(scheme, rest=rest)
            identifier = identified(link)
        except NotAnIdentifier:
            continue
        yield Found(identifier, match.start(), match.start(2) + len(rest))


def find_bare(line: str) -> Iterator[Found]:
    """Yield domains and links that are written without a scheme."""
    for match in _bare(line):
        written = _trimmed(match[0])
        try:
            link = web_link(written)
        except NotAnIdentifier:
            continue
        if hosts.has_known_end(match[1]):
            yield Found(identified(link), match.start(), match.start() + len(written))


def identified(link: Link) -> Identifier:
    """Return what the link names: an account, a page or a domain; raises NotAnIdentifier."""
    for messenger in _MESSENGERS:
        value = messenger.account(link)
        if value:
            return Identifier(messenger.KIND, value)
    if link.scheme != "https":
        raise NotAnIdentifier
    is_domain = link.path in {"", "/"} and not link.query
    if is_domain and not hosts.is_address(link.host) and ":" not in link.host:
        return Identifier(Kind.DOMAIN, link.host)
    return Identifier(Kind.URL, canonical(link))


def _bare(line: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a name of a host; few words have a dot inside, so those go first."""
    for word in _WORD_WITH_DOT.finditer(line):
        yield from _BARE.finditer(line, word.start(), word.end())


def _trimmed(written: str) -> str:
    """Return the link without the punctuation of the sentence; a bracket opened inside stays."""
    while written and written[-1] in _TRAILING:
        last = written[-1]
        opening = {")": "(", "]": "["}.get(last)
        if opening and written.count(opening) >= written.count(last):
            break
        written = written[:-1]
    return written
