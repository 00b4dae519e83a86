"""The alert while it is typed: its forms, what the checks find, how hard it is to read.

Nothing is kept. Quotations and the families behind it are looked at when the draft is kept.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.functional import Promise

from oberih.alerts.checks import Finding
from oberih.alerts.models import Alert
from oberih.alerts.reading import Reading, readings
from oberih.alerts.states import (
    Audience,
    Certainty,
    MessageType,
    Severity,
    Standing,
    Urgency,
)
from oberih.core.regions import region_names
from oberih.desk import alert_words, sealed_alerts
from oberih.desk.alert_previews import Preview, cap_text, findings_of, previews_of

LANGUAGES = ("uk", "en", "ru")
LONGEST = {"headline": 120, "text": 4_000, "advice": 1_000}
DAYS = 30
NAME = "preview0"
"""Stands where the code will stand."""


@dataclass(frozen=True, slots=True)
class Live:
    """What is shown beside the form."""

    alert: Alert
    previews: list[Preview]
    doubts: list[tuple[Promise, Finding]]
    readings: list[tuple[Promise, Reading]]
    cap: str
    sealed: str


def live(given: QueryDict) -> Live:
    """Return the forms of what has been typed so far; odd values stand for none."""
    alert = _alert(given)
    is_sealed = sealed_alerts.is_sealed(alert)
    has_words = bool(alert.texts)
    return Live(
        alert=alert,
        previews=previews_of(alert),
        doubts=[(alert_words.DOUBTS[one.doubt], one) for one in findings_of(alert)],
        readings=[(alert_words.LEVELS[one.level], one) for one in readings(alert.texts)],
        cap=cap_text(alert) if has_words and not is_sealed else "",
        sealed=_sealed(alert) if is_sealed and has_words else "",
    )


def _sealed(alert: Alert) -> str:
    return sealed_alerts.text_of(alert, language=next(iter(alert.texts)))


def _alert(given: QueryDict) -> Alert:
    known = region_names("en")
    return Alert(
        id=NAME,
        texts=_texts(given),
        tactic=given.get("tactic", "")[:4],
        message_type=_one(given.get("message_type"), among=MessageType, otherwise="alert"),
        standing=_one(given.get("standing"), among=Standing, otherwise="actual"),
        audience=_one(given.get("audience"), among=Audience, otherwise="public"),
        urgency=_one(given.get("urgency"), among=Urgency, otherwise="Expected"),
        severity=_one(given.get("severity"), among=Severity, otherwise="Severe"),
        certainty=_one(given.get("certainty"), among=Certainty, otherwise="Observed"),
        regions=[one for one in given.getlist("regions") if one in known],
        days=DAYS,
    )


def _texts(given: QueryDict) -> dict[str, dict[str, str]]:
    typed = {
        language: {
            part: given.get(f"{part}_{language}", "").strip()[:longest]
            for part, longest in LONGEST.items()
        }
        for language in LANGUAGES
    }
    return {language: words for language, words in typed.items() if any(words.values())}


def _one(text: str | None, *, among: type[StrEnum], otherwise: str) -> str:
    return text if text and text in set(among) else otherwise
