"""One message to hits: which frames it fills, and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from oberih.check.features import features_of, score_of
from oberih.check.normalise import Token, tokens_of
from oberih.check.rules import Element, Frame, Phrase, Rules

NEAR = 14
LONGEST = 40_000


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its classes; the set grows while phrases are found."""

    token: Token
    classes: set[int]


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
    score: int
    fraud: int


def reading_of(text: str, *, rules: Rules) -> Reading:
    """Return the frames that a text fills; at most LONGEST code points of it are read."""
    words = words_of(text[:LONGEST], rules=rules)
    present = {number for word in words for number in word.classes}
    hits = [
        hit
        for frame in rules.frames
        if all(group & present for group in frame.all)
        for hit in _hits(frame, words=words, rules=rules)
    ]
    mention = _mention(words, rules=rules)
    retold = _is_retold(words, rules=rules)
    features = _features(words, rules=rules)
    return Reading(
        words=tuple(words),
        hits=tuple(hits),
        mention=mention,
        retold=retold,
        score=score_of(features, model=rules.coercion),
        fraud=score_of(features, model=rules.fraud),
    )


def _features(words: Sequence[Word], *, rules: Rules) -> set[int]:
    keys = [word.token.key for word in words]
    named = [[number for number in word.classes if number in rules.named] for word in words]
    return features_of(keys, classes=named)


def wording_of(words: Sequence[Word], *, rules: Rules) -> tuple[int, int]:
    """Return the code points of the words that weigh most for the model."""
    weights = rules.coercion.weights
    weight = [sum(weights.get(one, 0) for one in _features([word], rules=rules)) for word in words]
    if not weight:
        return (0, 0)
    low = high = max(range(len(words)), key=lambda index: (weight[index], -index))
    while low > 0 and weight[low - 1] > 0:
        low -= 1
    while high + 1 < len(words) and weight[high + 1] > 0:
        high += 1
    return (words[low].token.start, words[high].token.end)


def words_of(text: str, *, rules: Rules) -> list[Word]:
    """Return the words of a text with their classes, those of phrases included."""
    words = [
        Word(token, set(rules.classes_of(token.key)))
        for token in tokens_of(text, tables=rules.tables)
    ]
    places: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        for number in word.classes:
            places.setdefault(number, []).append(index)
    waiting = {at for number in places for at in rules.beginning.get(number, ())}
    for at, phrase in enumerate(rules.phrases):
        if at in waiting and _add_phrases(phrase, words=words, places=places):
            waiting.update(rules.beginning.get(phrase.number, ()))
    return words


def _add_phrases(phrase: Phrase, *, words: list[Word], places: dict[int, list[int]]) -> bool:
    """Mark the words of each place where the phrase stands; tell whether it stands anywhere."""
    known = places.setdefault(phrase.number, [])
    before = len(known)
    for start in sorted({at for one in phrase.elements[0].any for at in places.get(one, ())}):
        _add_phrase(phrase, words=words, start=start)
        if phrase.number in words[start].classes and start not in known:
            known.append(start)
    return len(known) > before


def _add_phrase(phrase: Phrase, *, words: list[Word], start: int) -> None:
    last = start
    for element in phrase.elements[1:]:
        found = _next(element, words=words, after=last)
        if found < 0:
            return
        last = found
    for word in words[start : last + 1]:
        word.classes.add(phrase.number)


def _next(element: Element, *, words: Sequence[Word], after: int) -> int:
    reach = words[after].token.position + max(element.gap + 1, 2)
    for index in range(after + 1, min(after + element.gap + 2, len(words))):
        if words[index].token.position > reach:
            return -1
        if element.any & words[index].classes:
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
    return [index for index, word in enumerate(words) if group & word.classes]


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


def _mention(words: Sequence[Word], *, rules: Rules) -> int:
    """Return how much the text is news or a warning about others: points over distinct words."""
    mention = rules.sequence["mention"]
    total = int(mention["distant"]) if _is_distant(words, mention=mention) else 0
    for number, points in mention["classes"]:
        distinct = {word.token.key[:5] for word in words if number in word.classes}
        total += points * min(len(distinct), 2)
    return total


def _is_distant(words: Sequence[Word], *, mention: Mapping[str, Any]) -> bool:
    """Tell whether a longer text has no "you", "I" or order outside quotes."""
    if len(words) < int(mention["distant_words"]):
        return False
    direct = set(mention["direct"])
    return not any(direct & word.classes for word in words if not word.token.quoted)


def _is_retold(words: Sequence[Word], *, rules: Rules) -> bool:
    """Tell whether somebody tells what was asked of themselves: "they said that I must"."""
    roles = rules.sequence["roles"]
    said = {roles["told.they"], roles["told.did"]}
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
