"""A text as pieces of words, as the second reader knows them; integers only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from oberih.check.normalise import Tables, has_quotes, plain_words

PAD, START, UNKNOWN = 0, 1, 2
FIRST_PIECE = 3
LONGEST_WORD = 24
BOUNDARY = "▁"
SENTENCE, PAUSE = 3, 1
FAR = -(10**9)
UNKNOWN_SCORE = -2_500  # hundredths, as all scores of pieces
MOST_SEEN = 100_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces by their letters: their number and how likely each is, in hundredths of a log."""

    numbers: Mapping[str, int]
    scores: Sequence[int]
    longest: int
    seen: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def of_text(self, text: str, *, tables: Tables) -> list[int]:
        """Return the pieces of a text in their order."""
        found = [START]
        for word in spelt(text, tables=tables):
            found += self.of_word(word)
        return found

    def of_word(self, letters: str) -> tuple[int, ...]:
        """Return the likeliest pieces of a word; digits are alike. O(letters x longest piece)."""
        known = self.seen.get(letters)
        if known is None:
            known = self.likeliest(BOUNDARY + levelled(letters))
            if len(self.seen) < MOST_SEEN:
                self.seen[letters] = known
        return known

    def likeliest(self, word: str) -> tuple[int, ...]:
        """Return the likeliest pieces of letters, the boundary among them."""
        best = [(0, 0)]
        for end in range(1, len(word) + 1):
            starts = range(max(0, end - self.longest), end)
            best.append(max((best[at][0] + self._score(word[at:end]), -at) for at in starts))
        found: list[int] = []
        end = len(word)
        while end > 0:
            start = -best[end][1]
            found.append(self.numbers.get(word[start:end], UNKNOWN))
            end = start
        return tuple(reversed(found))

    def _score(self, piece: str) -> int:
        number = self.numbers.get(piece)
        if number is not None:
            return self.scores[number - FIRST_PIECE]
        return UNKNOWN_SCORE if len(piece) == 1 else FAR


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


def levelled(letters: str) -> str:
    """Return the word cut to LONGEST_WORD letters, all digits alike."""
    return "".join("0" if "0" <= letter <= "9" else letter for letter in letters[:LONGEST_WORD])
