"""An alert as CAP 1.2: which identifier it has, whom it refers to, what each language says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from oberih.alerts.documents import NotReleased
from oberih.alerts.models import Alert
from oberih.alerts.states import Audience, MessageType
from oberih.alerts.values import Timing
from oberih.core.regions import region_names
from oberih.formats.cap import CapAlert, Grade, Reference, Span, Wording

EVENTS = {
    "uk": "Тиск на родини полонених",
    "en": "Coercion of prisoners' families",
    "ru": "Давление на семьи пленных",
}
COUNTRIES = {"uk": "Україна", "en": "Ukraine", "ru": "Украина"}
LOCALES = {"uk": "uk-UA", "en": "en-GB", "ru": "ru-UA"}
EXERCISE_MARKS = {"uk": "НАВЧАННЯ", "en": "EXERCISE", "ru": "УЧЕНИЕ"}
MESSAGE_TYPES = {
    MessageType.ALERT: "Alert",
    MessageType.UPDATE: "Update",
    MessageType.CANCEL: "Cancel",
    MessageType.ALL_CLEAR: "Update",
}
RESPONSES = {MessageType.ALL_CLEAR: "AllClear", MessageType.CANCEL: "None"}
MOST_REFERENCES = 50


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who sends: `arc` is the operator's number among object identifiers (docs/protocol.md)."""

    arc: str
    sender: str
    name: str
    front: str


def cap_identifier(alert: Alert, *, issuer: Issuer) -> str:
    """Return the identifier in the form that WMO recommends: arc, moment of release, number."""
    if alert.approved_at is None:
        raise NotReleased
    at = alert.approved_at.astimezone(UTC)
    parts = (at.year, at.month, at.day, at.hour, at.minute, at.second, _number(alert))
    return ".".join((f"urn:oid:{issuer.arc}", *(str(part) for part in parts)))


def cap_of(alert: Alert, *, issuer: Issuer) -> CapAlert:
    """Return the message; it stays the same when the alert is updated or cancelled later."""
    if alert.approved_at is None:
        raise NotReleased
    kind = MessageType(alert.message_type)
    return CapAlert(
        identifier=cap_identifier(alert, issuer=issuer),
        sender=issuer.sender,
        sent=alert.approved_at,
        status="Exercise" if alert.is_exercise else "Actual",
        message_type=MESSAGE_TYPES[kind],
        grade=Grade(alert.urgency, alert.severity, alert.certainty, RESPONSES.get(kind, "Avoid")),
        span=_span(alert, sent=alert.approved_at),
        wordings=[_wording(alert, language=language) for language in languages_of(alert)],
        sender_name=issuer.name,
        web=f"{issuer.front.rstrip('/')}/uk/warnings/",
        regions=alert.regions,
        event_code=alert.tactic,
        note=" / ".join(EXERCISE_MARKS.values()) if alert.is_exercise else "",
        audience=alert.tactic if alert.audience == Audience.TACTIC else "",
        references=tuple(_references(alert, issuer=issuer)),
    )


def languages_of(alert: Alert) -> list[str]:
    """Return the alert's languages, Ukrainian first: databases keep no order in JSON."""
    return [language for language in LOCALES if language in alert.texts]


def title(alert: Alert, *, language: str) -> str:
    """Return the headline, with the mark of an exercise before it."""
    headline = str(alert.texts[language]["headline"])
    return f"{EXERCISE_MARKS[language]}: {headline}" if alert.is_exercise else headline


def area(alert: Alert, *, language: str) -> str:
    """Return for which regions it is, in words."""
    names = region_names(language)
    return ", ".join(names[code] for code in alert.regions) or COUNTRIES[language]


def _wording(alert: Alert, *, language: str) -> Wording:
    words = alert.texts[language]
    return Wording(
        language=LOCALES[language],
        event=EVENTS[language],
        headline=title(alert, language=language),
        description=words["text"],
        instruction=words["advice"],
        area=area(alert, language=language),
    )


def _span(alert: Alert, *, sent: datetime) -> Span:
    ends = Timing(alert.days, alert.effective_at, alert.onset_at).ends(released=sent)
    return Span(effective=alert.effective_at or sent, expires=ends, onset=alert.onset_at)


def _references(alert: Alert, *, issuer: Issuer) -> Iterator[Reference]:
    """Yield the earlier messages, the oldest last."""
    earlier = alert.refers_to
    for _step in range(MOST_REFERENCES):
        found = Alert.objects.filter(pk=earlier).first() if earlier else None
        if found is None or found.approved_at is None:
            return
        identifier = cap_identifier(found, issuer=issuer)
        yield Reference(issuer.sender, identifier, found.approved_at)
        earlier = found.refers_to


def _number(alert: Alert) -> int:
    """Return a number of its own: two alerts may be released within one second."""
    return int.from_bytes(str(alert.pk).encode()[:4])
