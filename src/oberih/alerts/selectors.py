"""What is read of alerts: for the desk's pages, and for the courier that publishes them."""

from django.db.models import F

from oberih.alerts.models import Alert
from oberih.alerts.services import NoSuchAlert
from oberih.alerts.states import RELEASED, AlertId, Audience, Standing
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


def alerts(*, by: Member) -> list[Alert]:
    """Return all alerts for the desk, the newest first."""
    require(by, Permission.ALERT_DRAFT)
    return list(Alert.objects.order_by("-drafted_at"))


def alert(alert_id: AlertId, *, by: Member) -> Alert:
    """Return one alert; raises NoSuchAlert."""
    require(by, Permission.ALERT_DRAFT)
    found = Alert.objects.filter(pk=alert_id).first()
    if found is None:
        raise NoSuchAlert
    return found


def unpublished() -> list[Alert]:
    """Return the alerts whose newest state the front does not show yet."""
    waiting = Alert.objects.filter(published_sequence__lt=F("sequence"))
    return list(waiting.exclude(audience=Audience.SEALED).order_by("sequence"))


def public() -> list[Alert]:
    """Return everything actual that was published, the newest first; no exercise, none sealed."""
    actual = Alert.objects.filter(state__in=RELEASED, standing=Standing.ACTUAL)
    return list(actual.exclude(audience=Audience.SEALED).order_by("-sequence"))
