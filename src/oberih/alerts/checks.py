"""What is looked at before an alert is released: nothing that points at a family, plain and short.

These are findings for two people to read, not proofs: a name without its surname, or a village
that no list knows and no word announces, is not found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from oberih.core.identifiers import find
from oberih.formats import sms

UPPER, LOWER = "A-ZА-ЯІЇЄҐЁ", "a-zа-яіїєґё'’"
WORD = rf"[{UPPER}][{LOWER}]+"
PAIR = re.compile(rf"\b({WORD}(?:-{WORD})?)[ \u00a0]+({WORD}(?:-{WORD})?)\b")
PLACE = re.compile(
    r"\b(?:м\.|с\.|смт\.?|г\.|пгт\.?|вул\.|ул\.|міст[оаіу]|сел[оаіу]|сел[еі]|посёл\w+|город[ае]?|"
    r"район\w*|вулиц\w+|улиц\w+|станці\w+|станци\w+|village|town|city|street|district|station)"
    rf"\s+(?:of\s+)?«?{WORD}"
)
KNOWN_PAIRS = frozenset(
    {
        "червоний хрест",
        "червоного хреста",
        "красный крест",
        "красного креста",
        "red cross",
        "security service",
        "united nations",
        "служба безпеки",
    }
)
PATRONYMIC = re.compile(
    rf"\b[{UPPER}][{LOWER}]+(?:ович|йович|євич|евич|івн|ївн|овн|евн)"
    r"(?:а|у|ем|ом|ові|еві|е|и|і|ы|ою|ой)?\b"
)
TOWNS = re.compile(
    r"\b(?:Оленів[кц]|Еленов[кц]|Таганрог|Горлів[кц]|Горлов[кц]|Маріупол|Мариупол|Бердянськ|Бердянск|Мелітопол|"
    r"Мелитопол|Бахмут|Сєвєродонецьк|Северодонецк|Лисичанськ|Лисичанск|Енергодар|Энергодар|"
    r"Кременчу|Кривий Р|Кривому Р|Біла Церкв|Білої Церкв|Краматорськ|Краматорск|Слов'янськ|"
    r"Нікопол|Никопол|Кам'янськ|Ізюм|Изюм|Куп'янськ|Купянск|Умань|Умані|Бровар|Ірпін|Ирпен|Буч[аіи]|"
    r"Mariupol|Olenivka|Taganrog|Horlivka|Berdiansk|Melitopol|Bakhmut|Kramatorsk|Kryvyi Rih)\w*"
)
UNIT = re.compile(
    r"\b(?:в/ч|військов\w+ частин\w+|воинск\w+ част\w+|military unit)\s*№?\s*"
    r"[А-ЯA-ZІЇЄ]?\s?\d{4}\b|"
    r"\b\d{1,3}(?:-?\w{1,3})?\s+(?:\w+\s+)?(?:бригад|полк|батальйон|батальон|brigade|battalion|regiment)",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\b(?:[0-3]?\d[./-][01]?\d(?:[./-](?:20)?\d\d)?|20\d\d-\d\d-\d\d|[0-3]?\d\s+(?:січ|лют|берез|квіт|"
    r"трав|черв|лип|серп|верес|жовт|листоп|груд|янв|фев|март|апр|мая|июн|июл|авг|сен|окт|ноя|дек|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)(?!\d)",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"\b\d+\s+(?:родин|сім(?:ей|['’ʼ])|семей|семь|дружин|матер(?![иі]ал)|famil|wives|mothers|"
    r"relatives)\w*",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.!?…]+\s+|\n+")
LONGEST_SENTENCE = 18
LONG_WORD = 13
MOST_LONG_WORDS = 0.2
LONGEST_READ = 600
MOST_SEGMENTS = 4
LANGUAGES = ("uk", "en", "ru")


class Doubt(StrEnum):
    """What a finding is about."""

    IDENTIFIER = "identifier"
    NAME = "name"
    PLACE = "place"
    UNIT = "unit"
    DAY = "day"
    COUNT = "count"
    SENTENCE = "sentence"
    WORDS = "words"
    LENGTH = "length"
    SEGMENTS = "segments"
    LANGUAGE = "language"


PATTERNS = {
    Doubt.NAME: PATRONYMIC,
    Doubt.PLACE: TOWNS,
    Doubt.UNIT: UNIT,
    Doubt.DAY: DAY,
    Doubt.COUNT: COUNT,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt, in which language's text, and the words that raised it."""

    doubt: Doubt
    language: str
    words: str = ""


def findings(texts: Mapping[str, Mapping[str, str]], *, short: Mapping[str, str]) -> list[Finding]:
    """Return all doubts; `short` is each language's text as SMS."""
    return [
        *(found for language, words in texts.items() for found in _in(words, language=language)),
        *(
            Finding(Doubt.SEGMENTS, language, str(sms.measure(text).segments))
            for language, text in short.items()
            if sms.measure(text).segments > MOST_SEGMENTS
        ),
        *(Finding(Doubt.LANGUAGE, language) for language in LANGUAGES if language not in texts),
    ]


def _in(words: Mapping[str, str], *, language: str) -> Iterator[Finding]:
    parts = (words["headline"], words["text"], words["advice"])
    for part in parts:
        yield from (Finding(Doubt.IDENTIFIER, language, str(one.identifier)) for one in find(part))
        yield from (Finding(Doubt.NAME, language, name) for name in _names(part))
        for doubt, pattern in PATTERNS.items():
            yield from (Finding(doubt, language, one[0]) for one in pattern.finditer(part))
        yield from (Finding(Doubt.PLACE, language, one[0]) for one in PLACE.finditer(part))
        yield from _hard_to_read(part, language=language)
    whole = "\n".join(parts)
    if len(whole) > LONGEST_READ:
        yield Finding(Doubt.LENGTH, language, str(len(whole)))


def _names(text: str) -> Iterator[str]:
    for pair in PAIR.finditer(text):
        if " ".join(pair.groups()).casefold() not in KNOWN_PAIRS:
            yield pair[0]


def _hard_to_read(text: str, *, language: str) -> Iterator[Finding]:
    for sentence in SENTENCE.split(text):
        if len(sentence.split()) > LONGEST_SENTENCE:
            yield Finding(Doubt.SENTENCE, language, f"{sentence[:60]}…")
    words = re.findall(r"\w+", text)
    long = [word for word in words if len(word) >= LONG_WORD]
    if len(words) >= LONGEST_SENTENCE and len(long) / len(words) > MOST_LONG_WORDS:
        yield Finding(Doubt.WORDS, language, ", ".join(long[:3]))
