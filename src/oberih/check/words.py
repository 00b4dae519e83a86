"""The words of an assessment in one language, compiled from rules/*.yaml; the page has the same."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from oberih.check.rules import ARTEFACT
from oberih.check.values import Assessment, Band

BANDS = {
    "uk": {
        "stop": "Стоп",
        "warning": "Увага",
        "verify": "Перевірте",
        "none": "Відомих ознак немає",
    },
    "en": {"stop": "Stop", "warning": "Warning", "verify": "Verify", "none": "No known sign"},
    "ru": {
        "stop": "Стоп",
        "warning": "Внимание",
        "verify": "Проверьте",
        "none": "Известных признаков нет",
    },
}


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences by code."""

    bands: Mapping[str, str]
    advice: Mapping[str, str]
    follows: Mapping[str, str]
    sources: Mapping[str, str]
    questions: Mapping[str, str]
    tactics: Mapping[str, str]

    def followed(self, found: Assessment) -> list[str]:
        """Return what usually comes next, each with who reported it."""
        return [
            f"{self.follows[code]} ({self.sources[f'{found.stage}-{code}']})"
            for code in found.follows
            if f"{found.stage}-{code}" in self.sources
        ]

    def band(self, band: Band) -> str:
        """Return the band's name."""
        return self.bands[band.value]


@cache
def words_of(language: str) -> Words:
    """Return the words of uk, en or ru."""
    source = json.loads((ARTEFACT.parent / f"texts.{language}.json").read_bytes())
    return Words(
        bands=BANDS[language],
        advice=source["advice"],
        follows=source["follows"],
        sources=source["sources"],
        questions=source["questions"],
        tactics=source["tactics"],
    )
