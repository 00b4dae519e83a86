"""One message to hits: which frames it fills, and where."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Any

from oberih.check.evidence import Evidence, Shape, scores_of
from oberih.check.features import Scores, folded, state_of_class
from oberih.check.layout import layout_of
from oberih.check.normalise import Token, tokens_of
from oberih.check.rules import Element, Entry, Frame, Phrase, Rules

NEAR = 14
LONGEST = 40_000


@dataclass(slots=True)
class Word:
    """A token with its classes: the entry's own until a phrase adds one."""

    token: Token
    entry: Entry
    classes: AbstractSet[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame that a message fills, with the code points of its words."""

    frame: Frame
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message holds before the conversation is weighed."""

    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    mention: int
    retold: bool
    scores: Scores
    evidence: Evidence
    text: str = ""

    @property
    def score(self) -> int:
        """Return how much the message weighs for coercion, in hundredths of a logit."""
        return self.scores[0]

    @property
    def demand(self) -> int:
        """Return how much it weighs for a demand or a threat."""
        return self.scores[1]

    @property
    def fraud(self) -> int:
        """Return how much it weighs for another fraud."""
        return self.scores[2]


def reading_of(text: str, *, rules: Rules, mine: bool = False) -> Reading:
    """Return the frames that a text fills, and what the models say unless it is mine.

    At most LONGEST code points of it are read.
    """
    marking = _Marking(text[:LONGEST], rules=rules)
    words = marking.words
    hits = [
        hit
        for frame in _full(marking, rules=rules)
        for hit in _hits(frame, words=words, rules=rules)
    ]
    shape = Shape(
        mention=_mention(words, present=marking.present, rules=rules),
        retold=_is_retold(words, present=marking.present, rules=rules),
        asks="?" in text,
        quotes=any(word.token.quoted for word in words),
    )
    evidence = Evidence(
        words=[(word.token.key, word.entry) for word in words],
        classes=marking.present & rules.named,
        frames=[hit.frame for hit in hits],
        shape=shape,
        layout=frozenset() if mine else _layout(words, text=text),
    )
    return Reading(
        words=tuple(words),
        hits=tuple(hits),
        mention=shape.mention,
        retold=shape.retold,
        scores=() if mine else _heard(evidence, text=text[:LONGEST], rules=rules),
        evidence=evidence,
        text=text[:LONGEST],
    )


def _heard(evidence: Evidence, *, text: str, rules: Rules) -> Scores:
    scores = scores_of(evidence, rules=rules)
    if rules.second is None or not evidence.words:
        return scores
    return rules.second.moved(scores, text=text, tables=rules.tables)


def _layout(words: Sequence[Word], *, text: str) -> frozenset[int]:
    return layout_of([(word.token.position, word.entry.parts) for word in words], text=text)


def _full(marking: "_Marking", *, rules: Rules) -> Iterable[Frame]:
    """Yield the frames, in their order, all of whose groups stand somewhere in the text."""
    fills = 0
    for word in marking.words:
        fills |= word.entry.fills
    for number in marking.added:
        fills |= rules.fills.of_class.get(number, 0)
    ready = rules.fills.full(fills)
    while ready:
        lowest = ready & -ready
        yield rules.frames[lowest.bit_length() - 1]
        ready ^= lowest


def _weight(word: Word, *, rules: Rules) -> int:
    named = [folded(state_of_class(number)) for number in word.classes & rules.named]
    return word.entry.sums[0] + rules.models[0].sum(named)


def wording_of(words: Sequence[Word], *, rules: Rules) -> tuple[int, int]:
    """Return the code points of the words that weigh most for the model."""
    weight = [_weight(word, rules=rules) for word in words]
    if not weight:
        return (0, 0)
    low = high = max(range(len(words)), key=lambda index: (weight[index], -index))
    while low > 0 and weight[low - 1] > 0:
        low -= 1
    while high + 1 < len(words) and weight[high + 1] > 0:
        high += 1
    return (words[low].token.start, words[high].token.end)


class _Marking:
    """The words of a text while phrases add classes to them.

    `present` are all classes that stand anywhere, `added` those that phrases gave. A phrase is
    tried once, in the order of the rules, at the places where its first word stands; the class
    that it gives counts as a first word only where the phrase begins.
    """

    def __init__(self, text: str, *, rules: Rules) -> None:
        self.rules = rules
        self.words: list[Word] = []
        self.added: set[int] = set()
        self.waiting: dict[int, list[int]] = {}
        for index, token in enumerate(tokens_of(text, tables=rules.tables)):
            entry = rules.entry_of(token.key)
            self.words.append(Word(token, entry, entry.classes))
            for at in entry.begins:
                self.waiting.setdefault(at, []).append(index)
        self.present: set[int] = set().union(*[word.entry.classes for word in self.words])
        self._try_phrases()

    def _try_phrases(self) -> None:
        turns = list(self.waiting)
        heapify(turns)
        while turns:
            at = heappop(turns)
            phrase = self.rules.phrases[at]
            fresh = self._stand(phrase, at=at) if self._can_stand(phrase) else ()
            for later in fresh:
                heappush(turns, later)

    def _can_stand(self, phrase: Phrase) -> bool:
        """Tell whether each word stands; a class that is known already is tried all the same."""
        if phrase.number in self.present:
            return True
        return all(not one.any.isdisjoint(self.present) for one in phrase.elements[1:])

    def _stand(self, phrase: Phrase, *, at: int) -> Iterable[int]:
        """Mark the words of each place where the phrase stands; return the later ones it starts."""
        number = phrase.number
        found: list[int] = []
        for start in sorted(set(self.waiting[at])):
            self._mark(phrase, start=start)
            word = self.words[start]
            if number in word.classes and number not in word.entry.classes:
                found.append(start)
        later = [one for one in self.rules.beginning.get(number, ()) if one > at and found]
        fresh = [one for one in later if one not in self.waiting]
        for one in later:
            self.waiting.setdefault(one, []).extend(found)
        return fresh

    def _mark(self, phrase: Phrase, *, start: int) -> None:
        last = start
        for element in phrase.elements[1:]:
            last = _next(element, words=self.words, after=last)
            if last < 0:
                return
        self.added.add(phrase.number)
        self.present.add(phrase.number)
        for word in self.words[start : last + 1]:
            if phrase.number not in word.classes:
                word.classes = word.classes | {phrase.number}


def _next(element: Element, *, words: Sequence[Word], after: int) -> int:
    reach = words[after].token.position + max(element.gap + 1, 2)
    for index in range(after + 1, min(after + element.gap + 2, len(words))):
        if words[index].token.position > reach:
            return -1
        if not element.any.isdisjoint(words[index].classes):
            return index
    return -1


def _hits(frame: Frame, *, words: Sequence[Word], rules: Rules) -> Iterable[Hit]:
    """Yield a hit for each place of the first group that finds the others near it."""
    groups = [_places(group, words=words) for group in frame.all]
    end = -1
    for anchor in groups[0]:
        if anchor <= end:
            continue
        chosen = _chosen(anchor, groups=groups[1:], frame=frame, words=words)
        if not chosen or _is_taken_back(frame, chosen=chosen, words=words, rules=rules):
            continue
        low, end = min(chosen), max(chosen)
        quoted = all(words[index].token.quoted for index in chosen)
        yield Hit(frame, words[low].token.start, words[end].token.end, quoted)


def _places(group: frozenset[int], *, words: Sequence[Word]) -> list[int]:
    return [index for index, word in enumerate(words) if not group.isdisjoint(word.classes)]


def _chosen(
    anchor: int, *, groups: list[list[int]], frame: Frame, words: Sequence[Word]
) -> list[int]:
    """Return the nearest word of each group within reach of the anchor, or nothing."""
    here = words[anchor].token.position
    chosen = [anchor]
    for places in groups:
        near = [
            (abs(words[index].token.position - here), index)
            for index in places
            if index not in chosen and abs(words[index].token.position - here) <= frame.within
        ]
        if not near:
            return []
        chosen.append(min(near)[1])
    return chosen


def _is_taken_back(frame: Frame, *, chosen: list[int], words: Sequence[Word], rules: Rules) -> bool:
    low = words[min(chosen)].token.position - NEAR
    high = words[max(chosen)].token.position + NEAR
    near = [word for word in words if low <= word.token.position <= high]
    if any(frame.none & word.classes for word in near):
        return True
    if frame.two and sum(bool(frame.two & word.classes) for word in near) < 2:  # noqa: PLR2004  # two kinds of particulars
        return True
    return not frame.keep and _is_negated(chosen[0], words=words, rules=rules)


def _is_negated(anchor: int, *, words: Sequence[Word], rules: Rules) -> bool:
    """Tell whether "not" stands just before the verb and no "if" before that."""
    roles = rules.sequence["roles"]
    sentence = words[anchor].token.position
    before = [
        word
        for word in words[max(0, anchor - 5) : anchor]
        if sentence - word.token.position <= 6  # noqa: PLR2004  # a sentence's end is 3 places wide
    ]
    if not any(roles["not"] in word.classes for word in before[-2:]):
        return False
    return not any(roles["cond"] in word.classes for word in before)


def _mention(words: Sequence[Word], *, present: set[int], rules: Rules) -> int:
    """Return how much the text is news or a warning about others: points over distinct words."""
    mention = rules.sequence["mention"]
    total = int(mention["distant"]) if _is_distant(words, mention=mention) else 0
    for number, points in mention["classes"]:
        if number not in present:
            continue
        distinct = {word.token.key[:5] for word in words if number in word.classes}
        total += points * min(len(distinct), 2)
    return total


def _is_distant(words: Sequence[Word], *, mention: Mapping[str, Any]) -> bool:
    """Tell whether a longer text has no "you", "I" or order outside quotes."""
    if len(words) < int(mention["distant_words"]):
        return False
    direct = set(mention["direct"])
    return not any(not direct.isdisjoint(word.classes) for word in words if not word.token.quoted)


def _is_retold(words: Sequence[Word], *, present: set[int], rules: Rules) -> bool:
    """Tell whether somebody tells what was asked of themselves: "they said that I must"."""
    roles = rules.sequence["roles"]
    said = {roles["told.they"], roles["told.did"]}
    if said.isdisjoint(present):
        return False
    for index, word in enumerate(words):
        if not said & word.classes:
            continue
        near = words[max(0, index - 4) : index + 6]
        if any(roles["tome"] in other.classes for other in near):
            return True
        pairs = pairwise(near)
        if any(roles["thatmust"] in a.classes and roles["i"] in b.classes for a, b in pairs):
            return True
    return False
