"""What an identifier is: a kind and its canonical value."""

from dataclasses import dataclass
from enum import StrEnum

from oberih.core.errors import BadInput


class NotAnIdentifier(BadInput):
    """This is not a phone number, handle, account, address or link."""


class Kind(StrEnum):
    """The kinds of identifiers, named as they stand before the colon of the canonical text."""

    PHONE = "phone"
    TELEGRAM = "telegram"
    VIBER = "viber"
    WHATSAPP = "whatsapp"
    SIGNAL = "signal"
    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    BITCOIN = "bitcoin"
    ETHEREUM = "ethereum"
    TRON = "tron"
    URL = "url"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """One identifier; equal ones name the same phone, account or place."""

    kind: Kind
    value: str

    def __str__(self) -> str:
        """Return the canonical text, such as `phone:+380500000001`."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier at a half-open span of a text, in code points."""

    identifier: Identifier
    start: int
    end: int
