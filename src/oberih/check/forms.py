"""Verb forms by mood, made at build time: Ukrainian and Russian by pymorphy3, English by rule."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

MOODS = ("do", "inf", "one", "they", "did")
VOWELS = "aeiou"


def verb_forms(source: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return words by mood for one verb class of rules/verbs.yaml."""
    forms: dict[str, set[str]] = {mood: set() for mood in MOODS}
    for mood, word in _all_forms(source):
        forms[mood].add(word)
    for mood, words in dict(source.get("more", {})).items():
        forms[mood].update(str(words).split())
    return {mood: sorted(words) for mood, words in forms.items()}


def _all_forms(source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for language in ("uk", "ru"):
        for lemma in str(source.get(language, "")).split():
            yield from _slavic(lemma, language=language)
    for verb in str(source.get("en", "")).split():
        yield from _english(verb)


def _slavic(lemma: str, *, language: str) -> Iterator[tuple[str, str]]:
    parses = _analyzer(language).parse(lemma)
    verb = next((one for one in parses if "infn" in str(one.tag).lower()), None)
    if verb is None:
        yield "inf", lemma
        return
    for form in verb.lexeme:
        if "PRTF" not in str(form.tag):  # declined participles are many and hardly ever typed
            yield _mood(str(form.tag)), form.word


def _mood(tag: str) -> str:
    if "impr" in tag:
        return "do"
    if "INFN" in tag or "infn" in tag:
        return "inf"
    if any(part in tag for part in ("past", "PRT", "GRND", "Impe", "ADJ", "pssv")):
        return "did"
    if "2per" in tag:
        return "do"
    return "one" if "1per" in tag else "they"


def _english(verb: str) -> Iterator[tuple[str, str]]:
    base, past, participle, *rest = (*verb.split("/"), "", "")[:3] + tuple(verb.split("/")[3:])
    regular = base + "d" if base.endswith("e") else base + "ed"
    yield "do", base
    yield "one", base
    yield "inf", base
    yield "they", base
    yield "they", base + ("es" if base.endswith(("s", "sh", "ch", "x", "o")) else "s")
    yield "did", past or regular
    yield "did", participle or past or regular
    yield "did", rest[0] if rest else _ing(base)


def _ing(base: str) -> str:
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    short = len(base) <= 4 and base[-1] not in VOWELS + "wxyrdnkp" and base[-2] in VOWELS  # noqa: PLR2004  # one-syllable verbs double their last letter
    return base + base[-1] + "ing" if short else base + "ing"


@cache
def _analyzer(language: str) -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415  # needed at build time only

    return MorphAnalyzer(lang=language)
