"""The chain of publications: every signed state of an alert, and the one before it."""

from django.db.models import QuerySet

from oberih.alerts.documents import hash_of
from oberih.alerts.models import Alert, Publication
from oberih.alerts.states import Standing


def keep(alert: Alert, *, note: bytes) -> None:
    """Keep a signed state before it is published; what is kept already stays as it is."""
    Publication.objects.get_or_create(
        sequence=alert.sequence,
        defaults={
            "alert": alert.pk,
            "standing": alert.standing,
            "note": note,
            "sha256": hash_of(note),
        },
    )


def of(alert: Alert) -> bytes | None:
    """Return the note that was signed for the alert's present state; None before that."""
    found = Publication.objects.filter(sequence=alert.sequence).first()
    return bytes(found.note) if found else None


def before(alert: Alert) -> str:
    """Return the hash of the publication before this one; empty for the first."""
    found = _chain(alert.standing).filter(sequence__lt=alert.sequence).last()
    return found.sha256 if found else ""


def newest() -> dict[str, str]:
    """Return the hash of each actual alert's newest note."""
    return dict(_chain(Standing.ACTUAL).values_list("alert", "sha256"))


def head() -> str:
    """Return the hash of the newest publication; empty before the first."""
    found = _chain(Standing.ACTUAL).last()
    return found.sha256 if found else ""


def _chain(standing: str) -> QuerySet[Publication]:
    return Publication.objects.filter(standing=standing).order_by("sequence")
