"""The receipt: ten words that reopen a conversation, and the keys that are derived from them.

Whoever learns the words reads and writes in the reporter's name. There is no way to get lost words
back: nobody else has them. One salt serves all receipts; 103 random bits make that harmless.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import pbkdf2_hmac, sha256
from importlib.resources import files
from typing import Literal, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from oberih.core.errors import BadInput
from oberih.crypto.age import Identity
from oberih.crypto.message import First, MailboxId

Language = Literal["uk", "en"]

LANGUAGES: tuple[Language, ...] = ("uk", "en")
WORDS = 10
WORD_BITS = 11
RANDOM_BITS = 103
CHECK_BITS = 7
IKM = 13
LIST_LENGTH = 1 << WORD_BITS
ROUNDS = 1 << 19
SALT = b"oberih/1/receipt"
CHECK_LABEL = b"oberih-receipt-1"
KEY = 32
LONGEST = 2000
"""Characters that `read` looks at; ten words have far fewer."""

APOSTROPHES = dict.fromkeys(map(ord, "'`´ʹʼʾˈ‘’‛′＇"), None)
CYRILLIC = re.compile("[а-яёєіїґ]")
LOOKS_LIKE = {"a": "а", "c": "с", "e": "е", "i": "и", "o": "о", "p": "р", "x": "х", "y": "у"}
OTHER_KEYS = {"і": "и", "ї": "и", "ы": "и", "є": "е", "э": "е", "ё": "е", "ґ": "г", "ъ": "ь"}
KEYBOARD = str.maketrans(LOOKS_LIKE | OTHER_KEYS)


class WrongNumberOfWords(BadInput):
    """A receipt has ten words."""


class UnknownWord(BadInput):
    """One word is not in the list."""

    def __init__(self, position: int) -> None:
        """Take the position from 1; the word itself stays out of messages and logs."""
        super().__init__(f"Word {position} is not in the list: look at how it is written.")
        self.position = position


class OneWordIsWrong(BadInput):
    """One word is wrong: each is in the list, but they do not belong together."""


@dataclass(frozen=True, slots=True)
class ReporterKeys:
    """What the words open: none of it has a repr."""

    token: bytes = field(repr=False)
    identity: Identity = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)
    mac: bytes = field(repr=False)
    marker: bytes = field(repr=False)

    @property
    def first(self) -> First:
        """What the desk must know of them, sent sealed in the first message."""
        return First(
            recipient=self.identity.recipient,
            verify=self.signing.public_key().public_bytes_raw(),
            mac=self.mac,
            token_hash=sha256(self.token).digest(),
        )

    @property
    def mailbox(self) -> MailboxId:
        """The mailbox that only these keys can have."""
        return self.first.mailbox


@dataclass(frozen=True, slots=True)
class Receipt:
    """103 random bits (big-endian in 13 bytes), the same whatever the list of words."""

    ikm: bytes = field(repr=False)
    language: Language = "uk"

    def __post_init__(self) -> None:
        """Refuse what ten words cannot say."""
        if len(self.ikm) != IKM or self.ikm[0] >> 7:
            raise OneWordIsWrong

    @classmethod
    def generate(
        cls, language: Language = "uk", random: Callable[[int], bytes] = os.urandom
    ) -> Self:
        """Return a new receipt; only a test gives another source of randomness."""
        drawn = random(IKM)
        return cls(bytes([drawn[0] & 0x7F]) + drawn[1:], language)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read ten words as a person writes them: any case, numbers, commas, apostrophes, lines.

        Raises WrongNumberOfWords, UnknownWord with its position, OneWordIsWrong.
        """
        words = _words_of(text)
        if len(words) != WORDS:
            raise WrongNumberOfWords
        language: Language = "uk" if CYRILLIC.search("".join(words)) else "en"
        bits = 0
        for position, word in enumerate(words, start=1):
            bits = bits << WORD_BITS | _number(word, language=language, position=position)
        ikm = (bits >> CHECK_BITS).to_bytes(IKM, "big")
        if bits & (1 << CHECK_BITS) - 1 != _check(ikm):
            raise OneWordIsWrong
        return cls(ikm, language)

    def words(self, language: Language | None = None) -> list[str]:
        """Return the ten words, of the receipt's own list unless another is asked for."""
        chosen = word_list(language or self.language)
        bits = int.from_bytes(self.ikm, "big") << CHECK_BITS | _check(self.ikm)
        shifts = range((WORDS - 1) * WORD_BITS, -1, -WORD_BITS)
        return [chosen[bits >> shift & LIST_LENGTH - 1] for shift in shifts]

    def derive(self) -> ReporterKeys:
        """Return the keys; slow on purpose, a tenth of a second or more."""
        seed = pbkdf2_hmac("sha256", self.ikm, SALT, ROUNDS, KEY)
        return ReporterKeys(
            token=_derived(seed, label=b"oberih/1/token"),
            identity=Identity.from_seed(_derived(seed, label=b"oberih/1/identity")),
            signing=Ed25519PrivateKey.from_private_bytes(_derived(seed, label=b"oberih/1/sign")),
            mac=_derived(seed, label=b"oberih/1/mac"),
            marker=_derived(seed, label=b"oberih/1/marker"),
        )


@cache
def word_list(language: Language) -> tuple[str, ...]:
    """Return the 2,048 words of a list, in the order that gives each its number."""
    lines = (files("oberih.crypto") / "words" / f"{language}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def folded(word: str) -> str:
    """Return what is compared: a word typed on another keyboard folds to the same letters.

    Cyrillic only: Latin look-alikes become Cyrillic, and letters that a Russian keyboard lacks
    become its nearest. The lists have no two words with one fold.
    """
    return word.translate(KEYBOARD) if CYRILLIC.search(word) else word


def _words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().translate(APOSTROPHES)
    letters = [one for one in plain if unicodedata.category(one)[0] not in "MC" or one.isspace()]
    return "".join(one if one.isalpha() else " " for one in letters).split()


def _number(word: str, *, language: Language, position: int) -> int:
    number = _numbers(language).get(folded(word))
    if number is None:
        raise UnknownWord(position)
    return number


@cache
def _numbers(language: Language) -> Mapping[str, int]:
    return {folded(word): number for number, word in enumerate(word_list(language))}


def _check(ikm: bytes) -> int:
    return sha256(CHECK_LABEL + ikm).digest()[0] >> 8 - CHECK_BITS


def _derived(seed: bytes, *, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=label).derive(seed)
