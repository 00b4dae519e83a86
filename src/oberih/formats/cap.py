"""CAP 1.2 (OASIS, 1 July 2010): one alert in, XML that its schema accepts out.

Narrower than the standard: `Unknown` is no urgency, severity or certainty, every area has a
geocode, an event has at most 35 characters (the length that receivers show).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from lxml import etree

from oberih.core.errors import BadInput, Refused

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
LONGEST_EVENT = 35
UNFIT = frozenset(" ,<&")
COUNTRY = "ISO3166-1"
REGION = "ISO3166-2"


class NotCap(Refused):
    """This is not an alert that the CAP 1.2 schema accepts."""


class EventTooLong(BadInput):
    """A CAP event has at most 35 characters."""


class BadIdentifier(BadInput):
    """A CAP identifier or sender has no space, comma, < or &."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier message, as CAP names it."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class Grade:
    """How soon, how bad, how sure; the enumerations' own words."""

    urgency: str
    severity: str
    certainty: str
    response: str = "Avoid"


@dataclass(frozen=True, slots=True)
class Span:
    """When it takes effect, when the event begins, when the message ends."""

    effective: datetime
    expires: datetime
    onset: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; `area` is the area's name in it."""

    language: str
    event: str
    headline: str
    description: str
    instruction: str
    area: str


@dataclass(frozen=True, slots=True)
class CapAlert:
    """One message; `regions` are codes of ISO 3166-2, empty for the whole country."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    message_type: str
    grade: Grade
    span: Span
    wordings: Sequence[Wording]
    sender_name: str
    web: str = ""
    country: str = "UA"
    regions: Sequence[str] = ()
    event_code: str = ""
    note: str = ""
    audience: str = ""
    references: Sequence[Reference] = field(default=())


def build(alert: CapAlert) -> bytes:
    """Return the XML, valid by the schema; raises EventTooLong, BadIdentifier, NotCap."""
    for name in (alert.identifier, alert.sender):
        if not name or UNFIT & set(name):
            raise BadIdentifier
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the default namespace
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", moment(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.message_type)
    _add(root, "scope", "Public")
    _add(root, "note", alert.note)
    _add(root, "references", " ".join(_reference(one) for one in alert.references))
    for wording in alert.wordings:
        _add_info(root, alert=alert, wording=wording)
    content = bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    validate(content)
    return content


def validate(content: bytes) -> None:
    """Hold a file against the OASIS schema; raises NotCap. No entity and no address is followed."""
    try:
        parsed = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise NotCap from error
    if not _schema().validate(parsed):
        raise NotCap


def moment(at: datetime) -> str:
    """Return a time as CAP wants it: whole seconds, and UTC written as -00:00."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")


def _add_info(root: etree._Element, *, alert: CapAlert, wording: Wording) -> None:
    if len(wording.event) > LONGEST_EVENT:
        raise EventTooLong
    info = etree.SubElement(root, f"{{{NAMESPACE}}}info")
    _add(info, "language", wording.language)
    _add(info, "category", "Security")
    _add(info, "event", wording.event)
    _add(info, "responseType", alert.grade.response)
    _add(info, "urgency", alert.grade.urgency)
    _add(info, "severity", alert.grade.severity)
    _add(info, "certainty", alert.grade.certainty)
    _add(info, "audience", alert.audience)
    if alert.event_code:
        _add_pair(info, "eventCode", name="oberih:tactic", value=alert.event_code)
    _add(info, "effective", moment(alert.span.effective))
    _add(info, "onset", moment(alert.span.onset) if alert.span.onset else "")
    _add(info, "expires", moment(alert.span.expires))
    _add(info, "senderName", alert.sender_name)
    _add(info, "headline", wording.headline)
    _add(info, "description", wording.description)
    _add(info, "instruction", wording.instruction)
    _add(info, "web", alert.web)
    _add_area(info, alert=alert, name=wording.area)


def _add_area(info: etree._Element, *, alert: CapAlert, name: str) -> None:
    area = etree.SubElement(info, f"{{{NAMESPACE}}}area")
    _add(area, "areaDesc", name)
    _add_pair(area, "geocode", name=COUNTRY, value=alert.country)
    for region in alert.regions:
        _add_pair(area, "geocode", name=REGION, value=region)


def _add_pair(parent: etree._Element, tag: str, *, name: str, value: str) -> None:
    pair = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    _add(pair, "valueName", name)
    _add(pair, "value", value)


def _add(parent: etree._Element, tag: str, text: str) -> None:
    """Add an element; nothing for an empty text. Control characters have no place in XML."""
    if text:
        kept = "".join(letter for letter in text if letter in "\t\n" or letter >= " ")
        etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}").text = kept


def _reference(one: Reference) -> str:
    return f"{one.sender},{one.identifier},{moment(one.sent)}"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@cache
def _schema() -> etree.XMLSchema:
    text = files("oberih.formats").joinpath("schemas", "cap-1.2.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text, _parser()))
