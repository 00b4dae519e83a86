"""Under which keys a spelling is found, in any script and with one slip; never shown."""

import hashlib
from dataclasses import dataclass

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import patronymic_of
from oberih.core.names.person import PersonName, person_name
from oberih.core.names.sounds import tradition_of
from oberih.core.names.surnames import surname_of
from oberih.core.names.words import words_of

VERSION = 2
"""Goes on with every change of the keys; the worker then makes stored ones anew."""
LEAST_FRAME = 3
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class WordKeys:
    """The keys of one asked word: as it sounds, nearly so, with one consonant wrong."""

    same: frozenset[int]
    near: frozenset[int]
    slipped: frozenset[int]


def keys_of_spelling(surname: str, given: str, *, patronymic: str) -> frozenset[int]:
    """Return all keys of one spelling."""
    name = person_name(surname, given, patronymic=patronymic)
    texts = set[str]()
    for words in _surnames(name):
        sound = surname_of(words, tradition=name.tradition).whole
        texts |= {f"s:{sound.plain}", f"f:{sound.frame}", *_with_slip(sound.frame)}
    for word in name.given[:1]:
        given_name = given_of(word, tradition=name.tradition)
        texts |= {f"g:{given_name.name}", f"k:{given_name.kin}"}
    for word in name.patronymic[:1]:
        texts.add(f"p:{patronymic_of(word, tradition=name.tradition).father}")
    return frozenset(map(hashed, texts))


def keys_of_question(text: str) -> tuple[WordKeys, ...]:
    """Return the keys of each asked word; a word may be any part of the name."""
    words = words_of(text)[:MOST_WORDS]
    tradition = tradition_of(words)
    found = []
    for word in words:
        sound = surname_of((word,), tradition=tradition).whole
        given = given_of(word, tradition=tradition)
        father = patronymic_of(word, tradition=tradition).father
        same = {f"s:{sound.plain}", f"g:{given.name}", f"p:{father}"}
        near = {f"f:{sound.frame}", f"k:{given.kin}"} if len(sound.frame) >= LEAST_FRAME else set()
        slipped = _with_slip(sound.frame)
        found.append(WordKeys(*(frozenset(map(hashed, one)) for one in (same, near, slipped))))
    return tuple(found)


def hashed(text: str) -> int:
    """Return 63 bits that stand for a key."""
    digest = hashlib.blake2b(text.encode(), digest_size=8, person=b"register").digest()
    return int.from_bytes(digest, "big") >> 1


def _surnames(name: PersonName) -> list[tuple[str, ...]]:
    whole = [name.surname] if name.surname else []
    return whole + [(part,) for part in name.surname if len(name.surname) > 1]


def _with_slip(frame: str) -> set[str]:
    """Return the frame and the frame without each of its sounds: two share one within a slip."""
    if len(frame) < LEAST_FRAME:
        return set()
    return {f"d:{frame}"} | {f"d:{frame[:at]}{frame[at + 1 :]}" for at in range(len(frame))}
