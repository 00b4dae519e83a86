"""Entries of the watch list: an 8-byte tag and a 4-byte verdict, both masked by the OPRF's output.

    output = OPRF(key, "oberih/1/watch-list" 0x00 identifier)      64 bytes
    tag (8) || mask (4) = first 12 bytes of SHA-256("oberih/1/watch-list-entry" 0x00 output)
    entry = tag || mask XOR verdict;   verdict = version and answer || up to three tactics
    list = all entries, sorted by tag

Without the output of the very identifier an entry says nothing, not even whether two entries have
one verdict; two lists of one epoch show by which bits a changed verdict changed. Who may ask for
every identifier can read the whole list: nothing stands in it whose enumeration would harm a
family.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

from oberih.core.errors import Refused
from oberih.core.identifiers import Identifier

TAG, VERDICT = 8, 4
ENTRY = TAG + VERDICT
MOST_TACTICS = VERDICT - 1

_QUESTION = b"oberih/1/watch-list\0"
_ENTRY = b"oberih/1/watch-list-entry\0"
_VERSION = 1
_TABLE = json.loads((files("oberih.crypto") / "tactics.json").read_text(encoding="utf-8"))
TACTICS: tuple[str, ...] = tuple(_TABLE["tactics"].split())
"""The tactics by number, from 1; new ones come last, as lists in use keep their numbers."""


class NotAWatchList(Refused):
    """This is not a watch list: its length or order is wrong."""


class UnknownVerdict(Refused):
    """This entry of the watch list is of a version that is not known here."""


class TwoEntriesAlike(Refused):
    """Two entries of the watch list have one tag."""


class Answer(StrEnum):
    """What the list says of an identifier; what is not in it is not known, which is not "safe"."""

    REPORTED = "reported"
    OFFICIAL = "official"


_ANSWERS = tuple(Answer)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer with the tactics reported for it: no count, no day, no family."""

    answer: Answer
    tactics: tuple[str, ...] = ()


def question(identifier: Identifier) -> bytes:
    """Return what is blinded: the identifier's canonical text under this protocol's label."""
    return _QUESTION + str(identifier).encode()


def entry(verdict: Verdict, *, output: bytes) -> bytes:
    """Return the 12 bytes that stand in the list for the question with this output."""
    return masked(spelled(verdict), output=output)


def masked(four: bytes, *, output: bytes) -> bytes:
    """Return the entry of a verdict that is spelled already."""
    tag, mask = _derived(output)
    return tag + _masked(four, mask=mask)


def spelled(verdict: Verdict) -> bytes:
    """Return the four bytes of a verdict, not masked yet."""
    numbers = [TACTICS.index(code) + 1 for code in verdict.tactics[:MOST_TACTICS]]
    first = _VERSION << 4 | _ANSWERS.index(verdict.answer) + 1
    return bytes([first, *numbers]).ljust(VERDICT, b"\0")


def listed(entries: Iterable[bytes]) -> bytes:
    """Return the list of the entries; raises TwoEntriesAlike when one identifier comes twice."""
    ordered = sorted(entries)
    if any(len(one) != ENTRY for one in ordered):
        raise NotAWatchList
    if any(one[:TAG] == after[:TAG] for one, after in pairwise(ordered)):
        raise TwoEntriesAlike
    return b"".join(ordered)


def verdict(entries: bytes, *, output: bytes) -> Verdict | None:
    """Return what a list says of the question with this output; None when it is not known.

    Raises NotAWatchList, and UnknownVerdict for an entry of a later version.
    """
    if len(entries) % ENTRY:
        raise NotAWatchList
    tag, mask = _derived(output)
    place = _place(entries, tag=tag)
    found = entries[place : place + ENTRY]
    return _read(_masked(found[TAG:], mask=mask)) if found[:TAG] == tag else None


def check_order(entries: bytes) -> None:
    """Check once, after a download, that the tags rise; raises NotAWatchList."""
    tags = [entries[place : place + TAG] for place in range(0, len(entries), ENTRY)]
    if len(entries) % ENTRY or any(one >= after for one, after in pairwise(tags)):
        raise NotAWatchList


def _place(entries: bytes, *, tag: bytes) -> int:
    """Return where the first entry stands whose tag is not smaller."""
    low, high = 0, len(entries) // ENTRY
    while low < high:
        middle = (low + high) // 2
        start = middle * ENTRY
        if entries[start : start + TAG] < tag:
            low = middle + 1
        else:
            high = middle
    return low * ENTRY


def _derived(output: bytes) -> tuple[bytes, bytes]:
    digest = sha256(_ENTRY + output).digest()
    return digest[:TAG], digest[TAG:ENTRY]


def _masked(four: bytes, *, mask: bytes) -> bytes:
    both = int.from_bytes(four, "big") ^ int.from_bytes(mask, "big")
    return both.to_bytes(VERDICT, "big")


def _read(four: bytes) -> Verdict:
    version, answer = four[0] >> 4, four[0] & 0x0F
    is_known = version == _VERSION and 1 <= answer <= len(_ANSWERS)
    if not is_known or max(four[1:]) > len(TACTICS):
        raise UnknownVerdict
    return Verdict(
        _ANSWERS[answer - 1], tuple(TACTICS[number - 1] for number in four[1:] if number)
    )
