"""Reply templates: which of them fit a case best."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from oberih.core.errors import BadInput
from oberih.desk.models import Case

LIBRARY = Path(__file__).with_name("library.yaml")
LANGUAGES = ("uk", "ru", "en")
REVIEWS = ("draft", "native reviewer", "psychologist", "relative")
_BY_SIGN, _BY_TACTIC, _BY_STAGE = 8, 4, 2


class OddLibrary(BadInput):
    """The library of reply templates has another form than agreed."""


@dataclass(frozen=True, slots=True)
class Template:
    """One reply in three languages, sentence beside sentence, and the cases it is for."""

    code: str
    title: dict[str, str]
    lines: tuple[dict[str, str], ...]
    tactics: frozenset[str]
    stages: frozenset[int]
    signs: frozenset[str]
    is_for_all: bool

    def text(self, language: str) -> str:
        """Return the whole reply in one language."""
        return " ".join(line[language] for line in self.lines)

    def weight(self, case: Case) -> int:
        """Return how well it fits the case's assessment; 0 for not at all."""
        signs = {sign for sign in ("physical", "support", "under18") if getattr(case, sign)}
        by_sign = _BY_SIGN * len(self.signs & signs)
        by_tactic = _BY_TACTIC * bool(self.tactics & set(case.tactics))
        by_stage = _BY_STAGE * (case.stage in self.stages)
        return by_sign + by_tactic + by_stage


@dataclass(frozen=True, slots=True)
class Proposed:
    """A template as the page offers it: in the reporter's language, with the reader's beside it."""

    code: str
    title: str
    text: str
    own: str
    fits: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Every template, and which review they have had."""

    state: str
    templates: tuple[Template, ...]


def proposed(case: Case, *, reader: str) -> tuple[Proposed, ...]:
    """Return the templates in the reporter's language: what fits the assessment comes first.

    A template for other tactics stays findable behind them. `reader` is the officer's language.
    """
    found = sorted(library().templates, key=lambda one: (-one.weight(case), not one.is_for_all))
    return tuple(_proposed(one, case=case, reader=reader) for one in found)


@cache
def library() -> Library:
    """Return the library as it is shipped; raises OddLibrary."""
    read = yaml.safe_load(LIBRARY.read_text("utf-8"))
    if read["state"] not in REVIEWS:
        raise OddLibrary
    return Library(
        state=read["state"],
        templates=tuple(_template(code, given=one) for code, one in read["templates"].items()),
    )


def language_of(wanted: str) -> str:
    """Return a language that the library speaks; Ukrainian for any other."""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _proposed(template: Template, *, case: Case, reader: str) -> Proposed:
    theirs, ours = language_of(case.language), language_of(reader)
    return Proposed(
        code=template.code,
        title=template.title["en" if ours == "en" else "uk"],
        text=template.text(theirs),
        own="" if theirs == ours else template.text(ours),
        fits=template.weight(case) > 0,
        why=tuple(sorted(template.tactics & set(case.tactics))),
    )


def _template(code: str, *, given: dict[str, Any]) -> Template:
    lines, title = given["lines"], given["title"]
    if not lines or any(set(line) != set(LANGUAGES) for line in lines):
        raise OddLibrary
    signs = {sign for sign in ("physical", "support", "under18") if given.get(sign)}
    return Template(
        code=code,
        title=title,
        lines=tuple(lines),
        tactics=frozenset(given.get("tactics", ())),
        stages=frozenset(given.get("stages", ())),
        signs=frozenset(signs),
        is_for_all=bool(given.get("always")),
    )
