"""Alerts as signed documents: one a warning, and one that lists them all."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from oberih.alerts.models import Alert
from oberih.alerts.states import AlertState
from oberih.core import canonical
from oberih.crypto.notes import Document, Purpose

LIST_LASTS = timedelta(days=31)


class NotReleased(ValueError):
    """A draft is never made into a document."""


def path_of(alert: Alert) -> str:
    """Return where an alert's signed note is published."""
    return f"alerts/{alert.pk}.note"


def document_of(alert: Alert) -> Document:
    """Return what is signed; a cancelled alert's validity ends with its cancellation.

    Nothing of the case is in it: no count, no day of a report, no identifier of its own.
    """
    if alert.approved_at is None or alert.ends_at is None or not alert.sequence:
        raise NotReleased
    return Document(
        purpose=Purpose.ALERTS,
        sequence=alert.sequence,
        not_before=_whole(alert.approved_at),
        not_after=_whole(alert.ends_at),
        body={
            "id": alert.pk,
            "status": status_of(alert),
            "tactic": alert.tactic,
            "texts": alert.texts,
        },
    )


def list_document(alerts: Sequence[Alert], *, now: datetime) -> Document:
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
                    "status": status_of(alert),
                }
                for alert in alerts
            ]
        },
    )


def list_file(note: bytes) -> bytes:
    """Return alerts.json: the signed list as it was signed, nothing unsigned beside it."""
    return canonical.encode({"note": note.decode(), "v": 1})


def status_of(alert: Alert) -> str:
    """Return `actual` or `cancelled`."""
    return "cancelled" if alert.state == AlertState.CANCELLED else "actual"


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
