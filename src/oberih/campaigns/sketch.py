"""What of a message takes part in linking: hashes of its words, in order, and of the whole.

Words are read from the look-alike fold, so that letters of another script change nothing. Numbers
are slots (amounts, dates, phones) and take no part; words of one letter say nothing and are left
out. The hashes are BLAKE2b, cut: the same on every machine and in every version.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from oberih.campaigns.arrays import Keys, Words
from oberih.campaigns.keys import MOST_WORDS
from oberih.campaigns.lexicon import rank
from oberih.campaigns.messages import Message, NotAMessage, message_of
from oberih.campaigns.texts import Sketch
from oberih.core.skeleton import skeleton

_WORD = re.compile(r"[^\W\d_]{2,}")
_SIZE = 4


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
    ranks: Keys
    """The same for equal texts."""
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


def sketch_of(text: str) -> Sketch:
    """Return the sketch of one text: the same as the whole file's reading makes."""
    return Sketch(np.frombuffer(_hashes(text), np.uint32))


def _sketched(messages: Sequence[Message], *, numbers: Sequence[int]) -> Sketches:
    texts = [_hashes(message.text) for message in messages]
    return Sketches(
        [message.id for message in messages],
        np.array(numbers, np.int32),
        np.array([_number(message.id) for message in messages], np.uint64),
        np.array([rank(words) for words in texts], np.uint64),
        np.array([len(words) // _SIZE for words in texts], np.int32),
        np.frombuffer(b"".join(texts), np.uint32),
        [(place, str(one)) for place, it in enumerate(messages) for one in sorted(it.identifiers)],
    )


def _hashes(text: str) -> bytes:
    """Return the hashes of the words, four bytes each; nothing of a word reaches over a space."""
    return b"".join(map(_hashes_of_piece, text.split(" ")))[: _SIZE * MOST_WORDS]


@lru_cache(maxsize=1 << 18)
def _hashes_of_piece(piece: str) -> bytes:
    return b"".join(blake2b(word.encode(), digest_size=_SIZE).digest() for word in words_of(piece))


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")
