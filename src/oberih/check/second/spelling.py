"""A text as pieces of words, as the second reader knows them; integers only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from oberih.check.normalise import CYRILLIC, Tables, has_quotes, plain_words

PAD, START, UNKNOWN = 0, 1, 2
FIRST_PIECE = 3
LONGEST_WORD = 24
BOUNDARY = "▁"
SENTENCE, PAUSE = 3, 1
FAR = -(10**9)
UNKNOWN_SCORE = -2_500  # hundredths, as all scores of pieces
MOST_SEEN = 100_000
MOST_TYPED = 4
DIGITS = str.maketrans("123456789", "0" * 9)
AS_IT_STANDS = 0
Alphabet = Mapping[str, Sequence[str]]
"""What signs typed in Latin letters may stand for."""


@dataclass(frozen=True, slots=True)
class Typed:
    """How Ukrainian and Russian are typed in Latin letters (typed.yaml).

    A text is read by an alphabet where it is likelier so, by more than `beats` hundredths of a log
    a letter, than as it stands; `beats` below 0 means: although it is as much less likely.
    """

    alphabets: Sequence[Alphabet]
    beats: Sequence[int]


class Word(NamedTuple):
    """The likeliest pieces of a word, and how likely they are, in hundredths of a log."""

    pieces: Sequence[int]
    score: int


class Found(NamedTuple):
    """A piece in a word: where it ends, its number, and how likely it is."""

    end: int
    number: int
    score: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces by their letters: their number and how likely each is, in hundredths of a log."""

    numbers: Mapping[str, int]
    scores: Sequence[int]
    typed: Typed
    beginnings: frozenset[str] = field(init=False, repr=False)
    seen: dict[tuple[str, int], Word] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note what each piece may begin with."""
        beginnings = frozenset(one[:end] for one in self.numbers for end in range(1, len(one)))
        object.__setattr__(self, "beginnings", beginnings)

    def of_text(self, text: str, *, tables: Tables) -> list[int]:
        """Return the pieces of a text in their order; of one typed in Latin letters as meant."""
        words = list(spelt(text, tables=tables))
        readings = [self._read(words)]
        if _is_latin(words):
            length = sum(map(len, words))
            for number, beats in enumerate(self.typed.beats, start=1):
                pieces, score = self._read(words, alphabet=number)
                readings.append(Word(pieces, score - beats * length))
        return [START, *max(readings, key=lambda one: one.score).pieces]

    def _read(self, words: Sequence[str], *, alphabet: int = AS_IT_STANDS) -> Word:
        read = [self.of_word(word, alphabet=alphabet) for word in words]
        return Word([piece for one in read for piece in one.pieces], sum(one.score for one in read))

    def of_word(self, letters: str, *, alphabet: int = AS_IT_STANDS) -> Word:
        """Return the likeliest pieces of a word; digits are alike.

        By an alphabet (1 is the first) the Latin letters count as what is likeliest meant by them.
        Cost: O(letters x longest piece), times the ways in which a sign may be meant.
        """
        if not _has_latin(letters):
            alphabet = AS_IT_STANDS
        known = self.seen.get((letters, alphabet))
        if known is None:
            signs = self.typed.alphabets[alphabet - 1] if alphabet else {}
            known = self._likeliest(BOUNDARY + letters[:LONGEST_WORD], signs=signs)
            if len(self.seen) < MOST_SEEN:
                self.seen[letters, alphabet] = known
        return known

    def _likeliest(self, word: str, *, signs: Alphabet) -> Word:
        best = [(0, 0, 0)] + [(FAR, 0, 0)] * len(word)
        for start in range(len(word)):
            for end, number, score in self._found(word, start, signs=signs):
                way = best[start][0] + score, number, start
                best[end] = max(best[end], way, key=itemgetter(0))
        found: list[int] = []
        end = len(word)
        while end > 0:
            _, number, end = best[end]
            found.append(number)
        return Word(tuple(reversed(found)), best[-1][0])

    def _found(self, word: str, at: int, *, signs: Alphabet, before: str = "") -> Iterator[Found]:
        """Yield the pieces that begin with `before` and go on at a place of a word."""
        for end, more in _meant(word, at, signs=signs):
            letters = before + more
            number = self.numbers.get(letters)
            if number is not None:
                yield Found(end, number, self.scores[number - FIRST_PIECE])
            elif len(letters) == 1:
                yield Found(end, UNKNOWN, UNKNOWN_SCORE)
            if letters in self.beginnings and end < len(word):
                yield from self._found(word, end, signs=signs, before=letters)


def spelt(text: str, *, tables: Tables) -> Iterator[str]:
    """Yield the words of a text and its pauses; at its end, whether it asks and whether it quotes.

    Look-alikes, hidden marks and spacing are folded before, so that a disguise changes nothing.
    """
    place = 0
    for word in plain_words(text, tables=tables):
        gap = word.position - place
        if place and gap >= PAUSE:
            yield "." if gap >= SENTENCE else ","
        yield word.letters
        place = word.position + 1
    if "?" in text:
        yield "?"
    if has_quotes(text):
        yield '"'


def _meant(word: str, at: int, *, signs: Alphabet) -> Iterator[tuple[int, str]]:
    """Yield where each sign at a place of a word ends, and each that it may stand for."""
    known = False
    for end in range(min(at + MOST_TYPED, len(word)) if signs else at, at, -1):
        for letters in signs.get(word[at:end], ()):
            known = True
            yield end, letters
    if not known:
        yield at + 1, word[at].translate(DIGITS)


def _is_latin(words: Sequence[str]) -> bool:
    letters = "".join(words)
    return _has_latin(letters) and not any(
        CYRILLIC[0] <= ord(one) <= CYRILLIC[1] for one in letters
    )


def _has_latin(letters: str) -> bool:
    return any("a" <= letter <= "z" for letter in letters)


def levelled(letters: str) -> str:
    """Return the word cut to LONGEST_WORD letters, all digits alike."""
    return letters[:LONGEST_WORD].translate(DIGITS)
