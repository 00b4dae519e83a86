"""What a subscriber wishes, read out of a sealed message: a number, or a browser's push address.

No SMS and no reminder ever goes to occupied territory or to Russia: neither by the number nor by
the region, nor without her statement that the device is not there.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from oberih.alerts.states import Way
from oberih.core import canonical
from oberih.core.errors import Refused
from oberih.core.identifiers import Kind, NotAnIdentifier, parse
from oberih.core.regions import region_names
from oberih.crypto.webpush import POINT, octets_of

UKRAINE = "+380"
MOBILE = re.compile(r"\+380(39|50|63|66|67|68|73|75|77|89|9[1-9])\d{7}")
NEVER = frozenset({"UA-09", "UA-40", "UA-43"})
"""Luhansk oblast, Sevastopol, Crimea: who names one of them gets no SMS (docs/safeguards.md)."""
NOT_OCCUPIED = "not-occupied"
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
"""The push services of the browsers; another address is never asked for anything."""
LONGEST_ADDRESS = 1_024
AUTH = 16
STOP_WORDS = frozenset({"STOP", "СТОП", "STOPALL"})
YES_WORDS = frozenset({"ТАК", "YES", "ДА", "TAK"})
SHOW_WORDS = frozenset({"ДАНІ", "DATA", "ДАННЫЕ"})


class Word(StrEnum):
    """What a subscriber can say in one word."""

    SMS = "SMS"
    STOP = "STOP"
    PUSH = "PUSH"
    YES = "YES"
    SHOW = "SHOW"


class NotAMobileNumber(Refused):
    """A warning by SMS goes to a Ukrainian mobile number: +380 and nine digits."""


class OccupiedTerritory(Refused):
    """No SMS goes to occupied territory or to Russia: having it on the phone is dangerous there."""


class NotAWish(Refused):
    """This is not a subscription in a form that is known here."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished for which contact; the contact is a number or a push address's JSON."""

    word: Word
    way: Way
    contact: str
    region: str = ""
    language: str = "uk"


def wish_of(text: str, *, region: str, language: str, stated: bool) -> Wish:
    """Return the wish of a sealed message; raises NotAWish, NotAMobileNumber, OccupiedTerritory.

    `stated` is her own statement that the phone is not, and will not be, in occupied territory.
    """
    first, _space, rest = text.strip().partition(" ")
    if first == Word.PUSH:
        require_free(region, stated=stated)
        return Wish(Word.PUSH, Way.PUSH, push_address(rest), language=language)
    word = said(first)
    if word not in {Word.SMS, Word.STOP}:
        raise NotAWish
    if word is Word.SMS:
        require_free(region, stated=stated)
    known = region if region in region_names("en") else ""
    return Wish(word, Way.SMS, mobile(rest), known, language)


def said(text: str) -> Word:
    """Return what one word means, in any of the languages; raises NotAWish."""
    word = text.strip().strip(".!\"'«»").upper()
    known = {Word.STOP: STOP_WORDS, Word.YES: YES_WORDS, Word.SHOW: SHOW_WORDS, Word.SMS: {"SMS"}}
    found = next((one for one, words in known.items() if word in words), None)
    if found is None:
        raise NotAWish
    return found


def mobile(text: str) -> str:
    """Return the number; raises OccupiedTerritory for Russia's, NotAMobileNumber for others."""
    try:
        number = parse(text.strip())
    except NotAnIdentifier as error:
        raise NotAMobileNumber from error
    if number.kind is not Kind.PHONE:
        raise NotAMobileNumber
    if number.value.startswith("+7"):
        raise OccupiedTerritory
    if not MOBILE.fullmatch(number.value):
        raise NotAMobileNumber
    return number.value


def require_free(region: str, *, stated: bool) -> None:
    """Raise OccupiedTerritory for a region of occupied territory, and without her statement."""
    if region in NEVER or not stated:
        raise OccupiedTerritory


def push_address(text: str) -> str:
    """Return a push address in canonical JSON; raises NotAWish for another service or key."""
    try:
        found = canonical.decode(text.encode())
    except canonical.NotCanonical as error:
        raise NotAWish from error
    match found:
        case {"auth": str(auth), "endpoint": str(endpoint), "p256dh": str(key), **rest}:
            _check_push(endpoint, auth=auth, key=key)
        case _:
            raise NotAWish
    if rest:
        raise NotAWish
    return text


def is_push_host(address: str) -> bool:
    """Tell whether an address belongs to a push service of a browser."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    is_known = any(host == one or (one[0] == "." and host.endswith(one)) for one in PUSH_HOSTS)
    return is_known and parts.scheme == "https" and parts.netloc == host


def _check_push(endpoint: str, *, auth: str, key: str) -> None:
    is_whole = len(endpoint) <= LONGEST_ADDRESS and is_push_host(endpoint)
    if not is_whole or len(_octets(auth)) != AUTH or len(_octets(key)) != POINT:
        raise NotAWish


def _octets(text: str) -> bytes:
    try:
        return octets_of(text)
    except ValueError as error:
        raise NotAWish from error
