"""What goes out to subscribers: warnings, the one question, the daily reminder.

Numbers are opened by the ring when a message is handed over, lie in the gateways' outbox until it
went, and are forgotten there.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from oberih.alerts import subscriptions, wordings
from oberih.alerts.gateways.outbox import PRIVATE, Outbox
from oberih.alerts.gateways.values import Channel, MessageId, Outgoing
from oberih.alerts.models import Alert, Subscription
from oberih.alerts.states import AlertState, Audience, Way
from oberih.alerts.subscriber_words import ASK, REMINDER, STOP
from oberih.alerts.subscriptions import Keeper
from oberih.desk.subscribers.taking import DAY_SECONDS, take_answers

KYIV = ZoneInfo("Europe/Kyiv")
REMINDER_HOUR = 10
REMINDER_SECONDS = 12 * 3_600
ASK_DAYS = 2


def hand_over(alerts: Sequence[Alert], *, place: Path, keeper: Keeper) -> None:
    """Put released alerts into the outbox for each subscriber whom they are for, once each."""
    if not place.exists():
        return
    with closing(Outbox(place)) as outbox:
        if Channel.SMS not in outbox.channels():
            return
        for alert in filter(is_for_subscribers, alerts):
            outbox.put(_warnings(alert, keeper=keeper))


def is_for_subscribers(alert: Alert) -> bool:
    """Tell whether a released alert goes to phones: no exercise, and none that is sealed."""
    is_released = alert.state == AlertState.APPROVED and not alert.is_exercise
    return is_released and alert.audience != Audience.SEALED


def turn(*, place: Path, keeper: Keeper, now: datetime) -> None:
    """Read answers, ask new numbers, remind browsers; raises CouldNot when the ring is away."""
    subscriptions.forget_unconfirmed(now=now)
    if not place.exists():
        return
    with closing(Outbox(place)) as outbox:
        take_answers(outbox, keeper=keeper, now=now)
        channels = outbox.channels()
        if channels.get(Channel.SMS):
            _ask(outbox, keeper=keeper, now=now)
        if Channel.PUSH in channels:
            _remind(outbox, keeper=keeper, now=now)


def _warnings(alert: Alert, *, keeper: Keeper) -> Iterator[Outgoing]:
    rows = list(subscriptions.confirmed(Way.SMS, regions=alert.regions))
    numbers = subscriptions.contacts(rows, keeper=keeper)
    ends = int(alert.ends_at.timestamp()) if alert.ends_at else 0
    texts = {language: _text(alert, language=language) for language in STOP}
    for row in rows:
        name = private_id("alert", alert.pk, row.pk)
        text = texts[row.language]
        yield Outgoing(name, Channel.SMS, alert.pk, "", text, ends, target=numbers[row.pk])


def _text(alert: Alert, *, language: str) -> str:
    spoken = language if language in alert.texts else "uk"
    return f"{wordings.short(alert, language=spoken)}. {STOP[language]}"


def _ask(outbox: Outbox, *, keeper: Keeper, now: datetime) -> None:
    """Ask each new number once whether it was its owner who wished it."""
    rows = subscriptions.to_ask(on=now.date())
    numbers = subscriptions.contacts(rows, keeper=keeper)
    ends = int(now.timestamp()) + ASK_DAYS * DAY_SECONDS
    outbox.put(
        Outgoing(
            private_id("ask", row.day.isoformat(), row.pk),
            Channel.SMS,
            "ask",
            "",
            ASK[row.language],
            ends,
            target=numbers[row.pk],
        )
        for row in rows
    )
    subscriptions.mark_asked(rows, on=now.date())


def _remind(outbox: Outbox, *, keeper: Keeper, now: datetime) -> None:
    """Send every browser the same reminder at the same hour each day, mail or not."""
    local = now.astimezone(KYIV)
    name = f"daily-{local.date()}"
    rows = list(subscriptions.confirmed(Way.PUSH))
    _forget_gone(outbox, name=name, rows=rows)
    if local.hour < REMINDER_HOUR or not rows or outbox.report(name):
        return
    addresses = subscriptions.contacts(rows, keeper=keeper)
    ends = int(now.timestamp()) + REMINDER_SECONDS
    outbox.put(
        Outgoing(
            private_id(name, "", row.pk),
            Channel.PUSH,
            name,
            "",
            REMINDER[row.language],
            ends,
            target=addresses[row.pk],
        )
        for row in rows
    )


def _forget_gone(outbox: Outbox, *, name: str, rows: Sequence[Subscription]) -> None:
    """Forget browsers that their push service will never reach again."""
    gone = set(outbox.failed(Channel.PUSH, alert=name))
    if gone:
        subscriptions.forget([row.pk for row in rows if private_id(name, "", row.pk) in gone])


def private_id(*parts: str) -> MessageId:
    """Return the id of a message to a subscriber; it names nobody."""
    return MessageId(PRIVATE + sha256(" ".join(parts).encode()).hexdigest()[:32])
