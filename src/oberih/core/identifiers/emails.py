"""E-mail addresses, in small letters, the domain in ASCII."""

import re
from collections.abc import Iterator

from oberih.core.identifiers import hosts
from oberih.core.identifiers.identifier import Found, Identifier, Kind, NotAnIdentifier

_LOCAL = "A-Za-z0-9._%+-"
_ADDRESS = re.compile(
    rf"(?<![{_LOCAL}])([{_LOCAL}]{{1,64}})@({hosts.NAME})(?![{hosts.LETTERS}@_-])"
)


def find(line: str) -> Iterator[Found]:
    """Yield the addresses in the line."""
    for match in _ADDRESS.finditer(line):
        local = match[1].lstrip(".%+-")
        if not local or local.endswith(".") or ".." in local:
            continue
        try:
            host = hosts.canonical(match[2])
        except NotAnIdentifier:
            continue
        identifier = Identifier(Kind.EMAIL, f"{local.lower()}@{host}")
        yield Found(identifier, match.end(1) - len(local), match.end())
