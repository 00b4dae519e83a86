"""Names of hosts: canonical ASCII spelling, from a frozen alphabet of IDNA 2008.

Letters outside the alphabet are refused rather than guessed, so that every version of Python and
every browser spells a name alike. A name that imitates another by look-alike letters keeps its own
spelling here; `oberih.core.skeleton` tells that the two look alike.
"""

import json
import re
from importlib.resources import files

from oberih.core.identifiers.identifier import NotAnIdentifier
from oberih.core.skeleton import small

LETTERS = (
    "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u0561-\u0586"
    "\u10d0-\u10fa\u3041-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
NAME = f"(?:[{LETTERS}][{LETTERS}-]{{0,62}}\\.){{1,8}}[{LETTERS}][{LETTERS}-]{{1,62}}"

TABLES = json.loads((files("oberih.core.identifiers") / "hosts.json").read_text(encoding="utf-8"))
_LONGEST, _LONGEST_LABEL = 253, 63
_ENDS = frozenset(TABLES["ends"].split())
_FOREIGN = "".join(
    "-".join(rf"\u{edge}" for edge in span.split("-")) for span in TABLES["letters"].split()
)
_ASCII_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_LABEL = re.compile(rf"[a-z0-9{_FOREIGN}](?:[a-z0-9{_FOREIGN}-]*[a-z0-9{_FOREIGN}])?")
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
ADDRESS = rf"{_OCTET}(?:\.{_OCTET}){{3}}"


def canonical(name: str) -> str:
    """Return the name in small ASCII letters; raises NotAnIdentifier."""
    labels = [_ascii(label) for label in small(name).removesuffix(".").split(".")]
    host = ".".join(labels)
    if len(labels) == 1 or labels[-1].isdigit() or len(host) > _LONGEST:
        raise NotAnIdentifier
    return host


def without_www(host: str) -> str:
    """Return the host that the same page has without "www.", if that is still a name."""
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def is_address(name: str) -> bool:
    """Return whether the name is an IPv4 address in four decimal numbers."""
    return re.fullmatch(ADDRESS, name) is not None


def has_known_end(name: str) -> bool:
    """Return whether a bare word with dots ends like a domain and not like a sentence."""
    end = name.rsplit(".", 1)[-1]
    is_evenly_written = end == small(end) or all(letter != small(letter) for letter in end)
    is_known = small(end) in _ENDS or small(end).startswith("xn--")
    return is_known and is_evenly_written


def _ascii(label: str) -> str:
    if not _LABEL.fullmatch(label):
        raise NotAnIdentifier
    if _ASCII_LABEL.fullmatch(label):
        spelled = label
    else:
        spelled = "xn--" + label.encode("punycode").decode("ascii")
    if len(spelled) > _LONGEST_LABEL or (label[2:4] == "--" and not label.startswith("xn--")):
        raise NotAnIdentifier
    return spelled
