"""The public feed of alerts (Atom, RFC 4287); the signed notes it links to are the authority."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from oberih.alerts.documents import path_of
from oberih.alerts.models import Alert
from oberih.alerts.states import AlertState

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "Оберіг: попередження / Oberih: warnings"
LANGUAGES = ("uk", "en")


def atom(alerts: Sequence[Alert], *, front: str, operator: str, now: datetime) -> bytes:
    """Return the feed of the alerts in force; each entry carries both languages."""
    front = front.rstrip("/")
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "uk"})
    _text(feed, "id", f"{front}/published/alerts.atom")
    _text(feed, "title", TITLE)
    _text(feed, "updated", _moment(max((_changed(one) for one in alerts), default=now)))
    _text(SubElement(feed, "author"), "name", operator)
    SubElement(feed, "link", {"rel": "self", "href": f"{front}/published/alerts.atom"})
    for alert in alerts:
        if alert.state == AlertState.APPROVED and alert.ends_at and alert.ends_at > now:
            _add_entry(feed, alert=alert, front=front)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _add_entry(feed: Element, *, alert: Alert, front: str) -> None:
    entry = SubElement(feed, "entry")
    words = [alert.texts[language] for language in LANGUAGES if language in alert.texts]
    _text(entry, "id", f"urn:oberih:alert:{alert.pk}")
    _text(entry, "title", " / ".join(one["headline"] for one in words))
    _text(entry, "updated", _moment(_changed(alert)))
    _text(entry, "published", _moment(_changed(alert)))
    link = {"rel": "alternate", "type": "text/plain"}
    SubElement(entry, "link", {**link, "href": f"{front}/published/{path_of(alert)}"})
    bodies = ["\n\n".join(part for part in (one["text"], one["advice"]) if part) for one in words]
    _text(entry, "content", "\n\n* * *\n\n".join(bodies))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = "".join(letter for letter in text if _is_allowed(letter))


def _is_allowed(letter: str) -> bool:
    return letter in "\t\n" or letter >= " "


def _changed(alert: Alert) -> datetime:
    return alert.approved_at or alert.drafted_at


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
