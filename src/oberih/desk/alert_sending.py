"""What the desk hands to the gateways, and their report of what went where."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from oberih.alerts.gateways.outbox import Letter, Outbox
from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.gateways.values import Channel, Fate
from oberih.alerts.models import Alert
from oberih.alerts.outgoing import hand_over


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one channel has come with an alert."""

    channel: Channel
    sent: int
    waiting: int
    failed: int
    uncertain: int


def hand_over_all(alerts: Sequence[Alert], *, place: Path, front: str) -> None:
    """Put alerts into the outbox; without one, no gateway was ever configured."""
    if not place.exists():
        return
    with closing(Outbox(place)) as outbox:
        for alert in alerts:
            hand_over(alert, outbox=outbox, front=front)


def deliveries_of(alert: Alert) -> list[Delivery]:
    """Return the report of one alert; empty when nothing was handed over."""
    place = outbox_of(settings.DATA)
    if not place.exists():
        return []
    with closing(Outbox(place)) as outbox:
        report = outbox.report(alert.pk)
    return [
        Delivery(
            channel=channel,
            sent=counts.get(Fate.SENT, 0),
            waiting=counts.get(Fate.WAITING, 0) + counts.get(Fate.SENDING, 0),
            failed=counts.get(Fate.FAILED, 0),
            uncertain=counts.get(Fate.UNCERTAIN, 0),
        )
        for channel, counts in sorted(report.items())
    ]


def letters_of(alert: Alert) -> list[Letter]:
    """Return what of an alert failed for good or is uncertain."""
    place = outbox_of(settings.DATA)
    if not place.exists():
        return []
    with closing(Outbox(place)) as outbox:
        return [one for one in outbox.dead_letters() if one.alert == alert.pk]
