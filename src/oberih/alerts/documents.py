"""Alerts as signed documents: one a warning, and one that lists them all.

Each note names the hash of the one published before it, and the list the hash of every note that
stands: an older state shown again, or one held back, does not fit. See docs/protocol.md.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from oberih.alerts.models import Alert
from oberih.alerts.states import AlertState
from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.crypto.fields import spelled_time
from oberih.crypto.notes import Document, Purpose

LIST_LASTS = timedelta(days=7)
PUBLIC_FOLDER, EXERCISES = "alerts", "exercises"


class NotReleased(ValueError):
    """A draft is never made into a document."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a note ties itself to: the note before it, and the CAP file beside it ("" for none)."""

    previous: str = ""
    cap_identifier: str = ""
    cap_sha256: str = ""


def path_of(alert: Alert) -> str:
    """Return where an alert's signed note is published; an exercise lies apart."""
    return f"{EXERCISES if alert.is_exercise else PUBLIC_FOLDER}/{alert.pk}.note"


def cap_path_of(alert: Alert) -> str:
    """Return where its CAP file is published."""
    return path_of(alert).removesuffix(".note") + ".xml"


def document_of(alert: Alert, *, beside: Beside) -> Document:
    """Return what is signed; a cancelled alert's validity ends with its cancellation.

    Nothing of the case is in it: no count, no day of a report, no identifier of its own.
    """
    if alert.approved_at is None or alert.ends_at is None or not alert.sequence:
        raise NotReleased
    return Document(
        purpose=Purpose.ALERTS,
        sequence=alert.sequence,
        not_before=_begins(alert),
        not_after=_ends(alert),
        body=_body(alert, beside=beside),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands published: the hash of each alert's newest note, and of the files beside."""

    notes: Mapping[str, str]
    files: Mapping[str, str]
    head: str = ""


def list_document(alerts: Sequence[Alert], *, standing: Standing, now: datetime) -> Document:
    """Return the list of everything released, so that a missing or stale note is noticed."""
    return Document(
        purpose=Purpose.ALERTS,
        sequence=max((alert.sequence for alert in alerts), default=0),
        not_before=_whole(now) - timedelta(days=1),
        not_after=_whole(now) + LIST_LASTS,
        body={
            "alerts": [
                {
                    "id": alert.pk,
                    "path": path_of(alert),
                    "sequence": alert.sequence,
                    "sha256": standing.notes.get(alert.pk, ""),
                    "status": status_of(alert),
                    "from": spelled_time(_begins(alert)),
                    "until": spelled_time(_ends(alert)),
                }
                for alert in alerts
            ],
            "files": dict(standing.files),
            "head": standing.head,
        },
    )


def list_file(note: bytes) -> bytes:
    """Return alerts.json: the signed list as it was signed, nothing unsigned beside it."""
    return canonical.encode({"note": note.decode(), "v": 1})


def status_of(alert: Alert) -> str:
    """Return `actual`, `exercise`, `cancelled` or `updated`."""
    if alert.state in {AlertState.CANCELLED, AlertState.UPDATED}:
        return str(alert.state)
    return str(alert.standing)


def hash_of(content: bytes) -> str:
    """Return the SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def _begins(alert: Alert) -> datetime:
    """Return from when it holds; what ended before it took effect held from its release."""
    released = alert.approved_at or alert.drafted_at
    if alert.state == AlertState.APPROVED and alert.effective_at:
        return _whole(max(released, alert.effective_at))
    return _whole(released)


def _ends(alert: Alert) -> datetime:
    least = _begins(alert) + timedelta(seconds=1)
    return max(_whole(alert.ends_at), least) if alert.ends_at else least


def _body(alert: Alert, *, beside: Beside) -> dict[str, Json]:
    body = {
        "id": alert.pk,
        "status": status_of(alert),
        "standing": alert.standing,
        "message_type": alert.message_type,
        "refers_to": alert.refers_to,
        "audience": alert.audience,
        "regions": alert.regions,
        "tactic": alert.tactic,
        "texts": alert.texts,
        "previous": beside.previous,
    }
    if beside.cap_sha256:
        body["cap"] = {"identifier": beside.cap_identifier, "sha256": beside.cap_sha256}
    return body


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
