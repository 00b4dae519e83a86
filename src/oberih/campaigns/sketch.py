"""What of a message takes part in linking: hashes of its words, in order, and of the whole.

Words are read from the look-alike fold, so that letters of another script change nothing. Numbers
are slots (amounts, dates, phones) and take no part; words of one letter say nothing and are left
out. The hashes are BLAKE2b, cut: the same on every machine and in every version.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from oberih.campaigns.arrays import Keys, Places, Words, changes, high_of, low_of, packed, starts
from oberih.campaigns.messages import Message, NotAMessage, message_of
from oberih.core.skeleton import skeleton

SIGNATURE_BITS = 512
_WORD = re.compile(r"[^\W\d_]{2,}")

Signatures = npt.NDArray[np.uint64]
"""A row of 8 numbers for each message: bit `hash % 512` is set for each of its words."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Neighbouring lines of the input, still unread, with their numbers counted from 1."""

    numbers: Sequence[int]
    written: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of some messages; `lengths[i]` of `words` belong to message i, in order."""

    ids: list[str]
    numbers: npt.NDArray[np.int32]
    id_hashes: Keys
    text_hashes: Keys
    lengths: npt.NDArray[np.int32]
    words: Words
    named: list[tuple[int, str]]
    """Each identifier that a message names, with the message's position."""


@dataclass(frozen=True, slots=True)
class Unread:
    """The first line of a stretch that is no message: an error that can leave its process."""

    number: int
    why: str


def sketches_of(lines: Lines) -> Sketches | Unread:
    """Return the sketches of the lines, or which of them is no message."""
    try:
        read = [
            message_of(line, number=number)
            for number, line in zip(lines.numbers, lines.written, strict=True)
        ]
    except NotAMessage as error:
        return Unread(error.line, error.why)
    return _sketched(read, numbers=lines.numbers)


def words_of(text: str) -> list[str]:
    """Return the words of a text as linking sees them."""
    return _WORD.findall(skeleton(text))


def _sketched(messages: Sequence[Message], *, numbers: Sequence[int]) -> Sketches:
    known: dict[str, int] = {}
    words: list[int] = []
    lengths, texts = [], []
    for message in messages:
        spoken = words_of(message.text)
        lengths.append(len(spoken))
        texts.append(_hash(" ".join(spoken), size=8))
        words += [known.get(word) or _learned(word, known=known) for word in spoken]
    return Sketches(
        [message.id for message in messages],
        np.array(numbers, np.int32),
        np.array([_hash(message.id, size=8) for message in messages], np.uint64),
        np.array(texts, np.uint64),
        np.array(lengths, np.int32),
        np.array(words, np.uint32),
        [(place, str(one)) for place, it in enumerate(messages) for one in sorted(it.identifiers)],
    )


def _learned(word: str, *, known: dict[str, int]) -> int:
    known[word] = found = _hash(word, size=4)
    return found


def _hash(text: str, *, size: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=size).digest(), "little")


@dataclass(frozen=True, slots=True)
class Texts:
    """Different texts, as words: in order, and each once in the order of their hashes."""

    lengths: Places
    words: Words
    set_lengths: Places
    sets: Words
    signatures: Signatures

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self.lengths)


def texts_of(words: Words, *, lengths: Places) -> Texts:
    """Return the texts with their word sets and signatures."""
    pieces = [_sets(words[begin:end], lengths=part) for part, begin, end in _portions(lengths)]
    set_lengths, sets, signatures = zip(*pieces, strict=True) if pieces else ([], [], [])
    return Texts(
        lengths,
        words,
        np.concatenate([np.zeros(0, np.int64), *set_lengths]),
        np.concatenate([np.zeros(0, np.uint32), *sets]),
        np.concatenate([np.zeros((0, SIGNATURE_BITS // 64), np.uint64), *signatures]),
    )


_PORTION = 20_000


def _portions(lengths: Places) -> list[tuple[Places, int, int]]:
    begins = starts(lengths)
    return [
        (part, int(begins[at]), int(begins[at + len(part)]))
        for at in range(0, len(lengths), _PORTION)
        for part in [lengths[at : at + _PORTION]]
    ]


def _sets(words: Words, *, lengths: Places) -> tuple[Places, Words, Signatures]:
    owner = np.repeat(np.arange(len(lengths)), lengths)
    ordered = np.sort(packed(owner, low=words))
    ordered = ordered[changes(ordered)]
    owners, kept = high_of(ordered), low_of(ordered)
    bits = np.zeros((len(lengths), SIGNATURE_BITS), np.bool_)
    bits[owners, kept % SIGNATURE_BITS] = True
    signatures = np.packbits(bits, axis=1).view(np.uint64)
    return np.bincount(owners, minlength=len(lengths)), kept.astype(np.uint32), signatures
