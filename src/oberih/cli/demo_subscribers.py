"""Invented subscribers of the demo: numbers that nobody has, taken and confirmed once."""

from datetime import datetime

from oberih.alerts import subscriptions
from oberih.alerts.models import Subscription
from oberih.alerts.states import Way
from oberih.alerts.subscriptions import Keeper
from oberih.alerts.wishes import Wish, Word

NUMBERS = [f"+38050000{last:04}" for last in range(9_001, 9_009)]
CONFIRMED = 6


def subscribe_once(*, keeper: Keeper, now: datetime) -> None:
    """Subscribe eight numbers; six of them have said yes."""
    if Subscription.objects.exists():
        return
    for place, number in enumerate(NUMBERS):
        subscriptions.take(Wish(Word.SMS, Way.SMS, number, "UA-32"), keeper=keeper, on=now.date())
        if place < CONFIRMED:
            subscriptions.take(Wish(Word.YES, Way.SMS, number), keeper=keeper, on=now.date())
