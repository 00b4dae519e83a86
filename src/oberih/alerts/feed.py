"""The public feeds of alerts (Atom, RFC 4287; JSON Feed 1.1): actual ones in force, none else.

The signed notes that they link to are the authority, and the signed list names each feed's hash.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from oberih.alerts.documents import cap_path_of, path_of
from oberih.alerts.models import Alert
from oberih.alerts.states import AlertState
from oberih.formats import json_feed

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "Оберіг: попередження / Oberih: warnings"
MOST_SHOWN = 200
LANGUAGES = ("uk", "en", "ru")
ATOM_PATH, JSON_PATH = "alerts.atom", "alerts.feed.json"


def in_force(alerts: Sequence[Alert], *, now: datetime) -> list[Alert]:
    """Return the actual alerts in force, in the order given, at most 200: the list names all."""
    found = [
        alert
        for alert in alerts
        if alert.state == AlertState.APPROVED
        and not alert.is_exercise
        and alert.ends_at
        and alert.ends_at > now
        and (alert.effective_at is None or alert.effective_at <= now)
    ]
    return found[:MOST_SHOWN]


def atom(alerts: Sequence[Alert], *, front: str, operator: str, now: datetime) -> bytes:
    """Return the Atom feed of alerts in force; each entry carries all its languages."""
    front = front.rstrip("/")
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "uk"})
    _text(feed, "id", f"{front}/published/{ATOM_PATH}")
    _text(feed, "title", TITLE)
    _text(feed, "updated", _moment(max((_changed(one) for one in alerts), default=now)))
    _text(SubElement(feed, "author"), "name", operator)
    SubElement(feed, "link", {"rel": "self", "href": f"{front}/published/{ATOM_PATH}"})
    for alert in alerts:
        _add_entry(feed, alert=alert, front=front)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def json(alerts: Sequence[Alert], *, front: str, operator: str) -> bytes:
    """Return the JSON Feed of the same alerts."""
    front = front.rstrip("/")
    about = json_feed.Feed(
        title=TITLE,
        home=f"{front}/uk/warnings/",
        address=f"{front}/published/{JSON_PATH}",
        author=operator,
    )
    return json_feed.build(about, items=[_item(alert, front=front) for alert in alerts])


def _item(alert: Alert, *, front: str) -> json_feed.FeedItem:
    return json_feed.FeedItem(
        id=_id(alert),
        url=f"{front}/uk/warnings/",
        title=_title(alert),
        text=_body(alert),
        published=_changed(alert),
        signed=f"{front}/published/{path_of(alert)}",
        cap=f"{front}/published/{cap_path_of(alert)}",
    )


def _add_entry(feed: Element, *, alert: Alert, front: str) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", _id(alert))
    _text(entry, "title", _title(alert))
    _text(entry, "updated", _moment(_changed(alert)))
    _text(entry, "published", _moment(_changed(alert)))
    note, cap = path_of(alert), cap_path_of(alert)
    for kind, path in (("text/plain", note), ("application/cap+xml", cap)):
        link = {"rel": "alternate", "type": kind, "href": f"{front}/published/{path}"}
        SubElement(entry, "link", link)
    _text(entry, "content", _body(alert))


def _id(alert: Alert) -> str:
    return f"urn:oberih:alert:{alert.pk}"


def _title(alert: Alert) -> str:
    return " / ".join(words["headline"] for words in _words(alert))


def _body(alert: Alert) -> str:
    bodies = ("\n\n".join(filter(None, (one["text"], one["advice"]))) for one in _words(alert))
    return "\n\n* * *\n\n".join(bodies)


def _words(alert: Alert) -> list[dict[str, str]]:
    return [alert.texts[language] for language in LANGUAGES if language in alert.texts]


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = "".join(letter for letter in text if _is_allowed(letter))


def _is_allowed(letter: str) -> bool:
    return letter in "\t\n" or letter >= " "


def _changed(alert: Alert) -> datetime:
    return alert.approved_at or alert.drafted_at


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
