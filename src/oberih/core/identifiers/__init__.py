"""Phones, handles, accounts, addresses and links in one canonical spelling.

`parse` reads one identifier, `find` reads all of them out of a pasted message. The page does the
same in web/src/identifiers.ts; vectors/identifiers.json proves that both agree.
"""

from oberih.core.identifiers.finding import find, parse
from oberih.core.identifiers.identifier import Found, Identifier, Kind, NotAnIdentifier

__all__ = ["Found", "Identifier", "Kind", "NotAnIdentifier", "find", "parse"]
