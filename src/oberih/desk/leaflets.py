"""The leaflets of alerts: the worker draws them, the page hands them out."""

from ctypes.util import find_library
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate

from oberih.alerts import selectors as alerts
from oberih.alerts import wordings
from oberih.alerts.issuing import EXERCISE_MARKS, languages_of
from oberih.alerts.models import Alert
from oberih.alerts.states import AlertId, AlertState
from oberih.core.errors import BadInput
from oberih.staff.models import Member
from oberih.system.private_files import write_whole

MOST_A_TURN = 4
NEWEST = 200
PRINTED = (AlertState.DRAFT, AlertState.APPROVED)


class NoLeaflet(BadInput):
    """The leaflet is not drawn yet: look again in a minute."""


@cache
def can_draw() -> bool:
    """Tell whether this machine has what draws text on paper (Debian: libpangoft2-1.0-0)."""
    return find_library("pangoft2-1.0") is not None


def draw_due(*, now: datetime) -> int:
    """Draw leaflets that are missing, a few a turn; return how many."""
    if not can_draw():
        return 0
    waiting = [
        (alert, language)
        for alert in Alert.objects.filter(state__in=PRINTED).order_by("-drafted_at")[:NEWEST]
        for language in languages_of(alert)
        if not _place(alert.pk, language=language).exists()
    ]
    for alert, language in waiting[:MOST_A_TURN]:
        _draw(alert, language=language, now=now)
    return len(waiting[:MOST_A_TURN])


def leaflet(alert_id: AlertId, *, language: str, by: Member) -> bytes:
    """Return a drawn leaflet; raises NoSuchAlert, NotPermitted, NoLeaflet."""
    alert = alerts.alert(alert_id, by=by)
    place = _place(alert.pk, language=language)
    if language not in alert.texts or not place.exists():
        raise NoLeaflet
    return place.read_bytes()


def drawn(alert: Alert) -> list[str]:
    """Return the languages whose leaflet is drawn."""
    return [one for one in languages_of(alert) if _place(alert.pk, language=one).exists()]


def _draw(alert: Alert, *, language: str, now: datetime) -> None:
    from oberih.formats.leaflet import Leaflet, build  # noqa: PLC0415  # the worker alone needs it

    words = alert.texts[language]
    address = f"{settings.FRONT_URL.rstrip('/')}/{language}/lookup/"
    content = build(
        Leaflet(
            language=language,
            headline=wordings.label(alert, language=language),
            text=words["text"],
            advice=words["advice"],
            check=f"{wordings.CODE[language]}: {alert.pk}",
            address=address,
            day=localdate(alert.approved_at or now),
            mark=EXERCISE_MARKS[language] if alert.is_exercise else "",
        )
    )
    write_whole(_place(alert.pk, language=language), content=content)


def _place(name: str, *, language: str) -> Path:
    folder: Path = settings.DESK / "leaflets"
    return folder / f"{name}-{language}.pdf"
