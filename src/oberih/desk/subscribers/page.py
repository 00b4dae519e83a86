"""The subscribers' page: how many there are, never who."""

from dataclasses import dataclass

from oberih.alerts import subscriptions
from oberih.alerts.states import SubscriptionState, Way
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class SubscribersPage:
    """Counts: numbers that get warnings, those that have not said yes, browsers reminded daily."""

    confirmed: int
    waiting: int
    browsers: int


def subscribers_page(*, by: Member) -> SubscribersPage:
    """Return the counts; raises NotPermitted."""
    require(by, Permission.ALERT_DRAFT)
    counts = subscriptions.counts()
    return SubscribersPage(
        confirmed=counts.get((Way.SMS, SubscriptionState.CONFIRMED), 0),
        waiting=counts.get((Way.SMS, SubscriptionState.NEW), 0)
        + counts.get((Way.SMS, SubscriptionState.ASKED), 0),
        browsers=counts.get((Way.PUSH, SubscriptionState.CONFIRMED), 0),
    )
