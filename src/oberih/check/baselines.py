"""What the engine is held against: a keyword list, the model alone, the frames alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from oberih.check.engine import assess
from oberih.check.features import Model
from oberih.check.frames import reading_of
from oberih.check.normalise import tokens_of
from oberih.check.rules import Rules, load
from oberih.check.second.artefact import ARTEFACT, LARGE, Scoring, SecondReader, rules_with_second
from oberih.check.second.artefact import load as load_second
from oberih.check.values import Assessment, Band, Conversation, Route

Engine = Callable[[Conversation], Assessment]

KEYWORDS = [
    "пидпал",
    "спал",
    "поджеч",
    "подожг",
    "сожг",
    "релеин",
    "шкаф",
    "шафа",
    "вишк",
    "висадит",
    "взорв",
    "военкомат",
    "вискомат",
    "тцк",
    "старлинк",
    "симк",
    "координат",
    "пво",
    "посилк",
    "пакет",
    "рюкзак",
    "термос",
    "викуп",
    "обмин",
    "обмен",
    "полон",
    "плен",
    "список",
    "камер",
    "карцер",
    "вбит",
    "убит",
    "розстрил",
    "расстрел",
    "труп",
    "уб",
    "burn",
    "relay",
    "tower",
    "starlink",
    "parcel",
    "ransom",
    "captive",
    "exchange",
    "kill",
    "coordinates",
]
FRAUD_WORDS = [
    "cvv",
    "код",
    "виграл",
    "вииграл",
    "приз",
    "заблок",
    "переказ",
    "кредит",
    "prize",
    "pin",
    "loan",
    "crypto",
]


def _keywords(conversation: Conversation) -> Assessment:
    rules = load()
    keys = [
        token.key
        for message in conversation.messages
        if message.sender == "them"
        for token in tokens_of(message.text, tables=rules.tables)
    ]
    if any(key.startswith(stem) for key in keys for stem in KEYWORDS):
        return Assessment(Band.STOP, Route.COERCION, first_warning=0, first_stop=0)
    if any(key.startswith(stem) for key in keys for stem in FRAUD_WORDS):
        return Assessment(Band.VERIFY, Route.FRAUD)
    return Assessment(Band.NONE, Route.NONE)


def _model_alone(conversation: Conversation) -> Assessment:
    rules = load()
    sure = int(rules.sequence["model"]["sure"])
    theirs = [one.text for one in conversation.messages if one.sender == "them"]
    scores = [reading_of(text, rules=rules).score for text in theirs]
    band = Band.STOP if any(score > sure for score in scores) else Band.NONE
    return Assessment(band, Route.NONE if band is Band.NONE else Route.COERCION)


@cache
def rules_without_model() -> Rules:
    """Return rules whose models never speak, for or against."""
    rules = load()
    never = 10**9
    silent = dict.fromkeys(("veto", "veto_sure"), -never) | {"sure": never}
    model = {**rules.sequence["model"], **silent, "near": never, "fraud": never, "verify": never}
    return replace(
        rules,
        models=tuple(Model({}, 0, 1) for _ in rules.models),
        sequence={**rules.sequence, "model": model},
    )


def _frames_alone(conversation: Conversation) -> Assessment:
    return assess(conversation, answers={}, rules=rules_without_model())


@dataclass(frozen=True, slots=True)
class Remembering:
    """A network that reads the same pieces once: disguises of a text are folded to one."""

    network: Scoring
    known: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)

    def scores(self, pieces: Sequence[int]) -> tuple[int, ...]:
        """Return what the network says."""
        key = tuple(pieces)
        if key not in self.known:
            self.known[key] = self.network.scores(pieces)
        return self.known[key]


@cache
def _rules_that_remember(path: Path) -> Rules:
    return replace(rules_with_second(path), second=_remembering(load_second(path)))


def _remembering(reader: SecondReader) -> SecondReader:
    beside = reader.beside and _remembering(reader.beside)
    return replace(reader, network=Remembering(reader.network), beside=beside)


def _with_second(conversation: Conversation, *, path: Path) -> Assessment:
    return assess(conversation, answers={}, rules=_rules_that_remember(path))


PAGE = "whole engine"
TAP, FULL = f"{PAGE} and second reader, small", f"{PAGE} and second reader, large"
ENGINES: dict[str, Engine] = {
    "keyword list": _keywords,
    "integer n-gram model alone": _model_alone,
    "frames alone": _frames_alone,
    PAGE: partial(assess, answers={}),
    TAP: partial(_with_second, path=ARTEFACT),
    FULL: partial(_with_second, path=LARGE),
}
"""By name, the simplest first."""
