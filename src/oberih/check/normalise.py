"""Text to tokens: look-alikes, hidden marks, spacing and Latin typing folded, places kept.

Every table comes with the rules; nothing here asks Unicode, the locale or a regular expression,
so that Python and TypeScript agree on every code point.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

CYRILLIC = (0x0400, 0x052F)
SENTENCE_END = frozenset(".!?…\n;。！？")
PAUSE = frozenset(",:()—–\t")
MONEY = frozenset("$€₴₽£")
OPENING = {"«": "»", "“": "”", "„": "“", "‹": "›", '"': '"', "”": "”"}
APOSTROPHES = frozenset("'’ʼ`´‘")
QUOTE_LIMIT = 600
NOWHERE = frozenset[int]()
SPELT = 4  # fewer can be real words of one letter
LONGEST_SEEN = 40
MOST_SEEN = 100_000
SHORT = 3


@dataclass(frozen=True, slots=True)
class Tables:
    """The frozen tables of rules/normal.yaml, compiled."""

    letters: Mapping[str, str]
    drop: frozenset[str]
    twins: Mapping[str, str]
    digits: Mapping[str, str]
    spoken: Mapping[str, str]
    typed: tuple[tuple[str, str], ...]
    stretches: dict[str, "Stretch"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )


class Token(NamedTuple):
    """One word: its key, its code points in the original, and where it stands."""

    key: str
    start: int
    end: int
    position: int
    quoted: bool


def tokens_of(text: str, *, tables: Tables) -> list[Token]:
    """Return the words of a text; `position` grows by more over a pause or a sentence's end."""
    quoted = _quoted(text)
    tokens: list[Token] = []
    for run in _joined(_runs(text, tables=tables), tables=tables):
        _, start, end, position, key = run
        if key:
            tokens.append(Token(key, start, end, position, start in quoted))
    return tokens


def key_of(letters: str, *, tables: Tables) -> str:
    """Return the key under which a word is looked up; the same for a rule and for a text."""
    word = plain(letters, tables=tables)
    if not any(map(_is_cyrillic, letters)) or _has_latin_core(letters, tables=tables):
        return word
    return spoken(word, tables=tables)


def spoken(letters: str, *, tables: Tables) -> str:
    """Return the key of a Cyrillic word: spelling folded, doubled letters of longer words once."""
    key: list[str] = []
    is_long = len(letters) > SHORT
    for letter in letters:
        folded = tables.spoken.get(letter, letter)
        if folded and not (is_long and key and key[-1] == folded):
            key.append(folded)
    return "".join(key)


class PlainWord(NamedTuple):
    """A word whose look-alikes, hidden marks and spacing are folded, and where it stands."""

    letters: str
    position: int


def plain_words(text: str, *, tables: Tables) -> list[PlainWord]:
    """Return the words of a text in their own spelling; positions are those of `tokens_of`."""
    runs = _joined(_runs(text, tables=tables), tables=tables)
    return [PlainWord(plain(run.letters, tables=tables), run.position) for run in runs if run.key]


def has_quotes(text: str) -> bool:
    """Tell whether something stands between quotation marks."""
    return bool(_quoted(text))


def plain(letters: str, *, tables: Tables) -> str:
    """Return a word in the one script that it is meant in; its spelling stays."""
    if not any(map(_is_cyrillic, letters)):
        return letters
    if not _has_latin_core(letters, tables=tables):
        return _cyrillic(letters, tables=tables)
    reverse = {two: one for one, two in tables.twins.items()}
    return "".join(reverse.get(letter, letter) for letter in letters)


def typed_keys(key: str, *, tables: Tables) -> tuple[str, ...]:
    """Return the Cyrillic keys that a Latin-typed word may stand for (h is г or х)."""
    if not key or not all("a" <= letter <= "z" or letter in "46" for letter in key):
        return ()
    first = spoken(_from_latin(key, tables=tables), tables=tables)
    second = spoken(_from_latin(key.replace("h", "kh"), tables=tables), tables=tables)
    plain_h = "h" in key and not any(pair in key for pair in ("sh", "ch", "zh", "kh"))
    return (first, second) if plain_h and second != first else (first,)


class _Run(NamedTuple):
    letters: str
    start: int
    end: int
    position: int
    key: str


class Stretch(NamedTuple):
    """What stands between two spaces: its words from place and position 0, and the positions."""

    runs: tuple[_Run, ...]
    positions: int


def _runs(text: str, *, tables: Tables) -> list[_Run]:
    """Return the words; a space ends a word and moves no position, so stretches are read once."""
    runs: list[_Run] = []
    place = position = 0
    for piece in text.split(" "):
        stretch = tables.stretches.get(piece) or _known(piece, tables=tables)
        for letters, start, end, at, key in stretch.runs:
            runs.append(_Run(letters, place + start, place + end, position + at, key))
        place += len(piece) + 1
        position += stretch.positions
    return runs


def _known(piece: str, *, tables: Tables) -> Stretch:
    stretch = _stretch(piece, tables=tables)
    if len(piece) <= LONGEST_SEEN and len(tables.stretches) < MOST_SEEN:
        tables.stretches[piece] = stretch
    return stretch


def _stretch(text: str, *, tables: Tables) -> Stretch:
    runs: list[_Run] = []

    def end_word() -> None:
        whole = "".join(letters)
        runs.append(_Run(whole, start, end, position, key_of(whole, tables=tables)))

    letters: list[str] = []
    start = end = position = 0
    for index, original in enumerate(text):
        if original in tables.drop or (original in APOSTROPHES and letters):
            continue
        letter = tables.letters.get(original, original)
        if _is_word(letter):
            start = start if letters else index
            letters.append(letter)
            end = index + 1
            continue
        if letters:
            end_word()
            position += 1
            letters = []
        if original in MONEY:
            runs.append(_Run(original, index, index + 1, position, original))
            position += 1
        position += 3 if original in SENTENCE_END else 1 if original in PAUSE else 0
    if letters:
        end_word()
        position += 1
    return Stretch(tuple(runs), position)


def _joined(runs: list[_Run], *, tables: Tables) -> Iterable[_Run]:
    """Join words that were spelt with a space between all letters (at least four)."""
    if sum(len(run[0]) == 1 for run in runs) >= SPELT:
        return _respelt(runs, tables=tables)
    return runs


def _respelt(runs: list[_Run], *, tables: Tables) -> Iterable[_Run]:
    index = 0
    while index < len(runs):
        last = index
        while last < len(runs) and _is_single(runs, last, first=index):
            last += 1
        if last - index >= SPELT:
            spelt = runs[index:last]
            letters = "".join(run.letters for run in spelt)
            key = key_of(letters, tables=tables)
            yield _Run(letters, spelt[0].start, spelt[-1].end, spelt[0].position, key)
            index = last
        else:
            yield runs[index]
            index += 1


def _is_single(runs: list[_Run], index: int, *, first: int) -> bool:
    run = runs[index]
    if len(run.letters) != 1 or run.letters in MONEY or run.letters.isdigit():
        return False
    return index == first or run.start - runs[index - 1].end <= 1


def _quoted(text: str) -> frozenset[int]:
    """Return the places inside quotation marks that are closed again soon."""
    places: set[int] = set()
    if not any(opening in text for opening in OPENING):
        return NOWHERE
    index = 0
    while index < len(text):
        closing = OPENING.get(text[index])
        end = text.find(closing, index + 1, index + QUOTE_LIMIT) if closing else -1
        if end > 0:
            places.update(range(index + 1, end))
            index = end
        index += 1
    return frozenset(places)


def _is_word(letter: str) -> bool:
    return "a" <= letter <= "z" or "0" <= letter <= "9" or _is_cyrillic(letter)


def _is_cyrillic(letter: str) -> bool:
    return CYRILLIC[0] <= ord(letter) <= CYRILLIC[1]


def _has_latin_core(letters: str, *, tables: Tables) -> bool:
    """Tell whether a mixed word is Latin with Cyrillic look-alikes put in."""
    cyrillic_twins = set(tables.twins.values())
    own_latin = sum("a" <= letter <= "z" and letter not in tables.twins for letter in letters)
    own_cyrillic = sum(_is_cyrillic(one) and one not in cyrillic_twins for one in letters)
    return own_latin > own_cyrillic


def _cyrillic(letters: str, *, tables: Tables) -> str:
    folded = [tables.twins.get(letter, letter) for letter in letters]
    last = len(letters) - 1
    for index, letter in enumerate(letters):
        if letter in tables.digits and (0 < index < last):
            folded[index] = tables.digits[letter]
    return "".join(folded)


def _from_latin(key: str, *, tables: Tables) -> str:
    letters: list[str] = []
    index = 0
    while index < len(key):
        pair = next((one for one in tables.typed if key.startswith(one[0], index)), None)
        letters.append(pair[1] if pair else key[index])
        index += len(pair[0]) if pair else 1
    return "".join(letters)
