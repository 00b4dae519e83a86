"""The looks for bursts: taken by the worker, kept for the pages."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from oberih.campaigns.bursts import DAYS, Judged, is_burst, judged
from oberih.campaigns.models import Burst, Contact, Group, Look
from oberih.campaigns.sums import BAR
from oberih.campaigns.taking import live_book

MOST_BURSTS = 50
LOOK_EVERY = timedelta(hours=1)
NEW_FOR = timedelta(days=56)
"""A script whose first contact is younger has no history: the third family is its alarm."""

Series = tuple[str, str, str, str]
"""Tactic, region, channel, group; empty where it does not matter."""


def look(*, now: datetime) -> bool:
    """Look for bursts when the last look is an hour old; return whether it was."""
    last = Look.objects.filter(pk=1).values_list("at", flat=True).first()
    if last is not None and now - last < LOOK_EVERY:
        return False
    with transaction.atomic():
        found = bursts(today=now.date())
        Burst.objects.all().delete()
        Burst.objects.bulk_create(
            Burst(
                tactic=key[0],
                region=key[1],
                channel=key[2],
                group=key[3],
                seen=one.seen,
                expected=one.expected,
                tail=one.tail,
                looked_at=now,
            )
            for key, one in found
        )
        Look.objects.update_or_create(pk=1, defaults={"at": now})
    return True


def bursts(*, today: date) -> list[tuple[Series, Judged]]:
    """Return the series that grew beyond their past, the least likely first."""
    counted = _counted(today=today)
    found = [
        (key, judged([days[day] for day in range(DAYS)])) for key, days in sorted(counted.items())
    ]
    alarms = [(key, one) for key, one in found if is_burst(one, series=len(counted))]
    return sorted(alarms, key=lambda row: (row[1].tail, row[0]))[:MOST_BURSTS]


def new_scripts(*, today: date) -> list[Group]:
    """Return the groups without a history that three unrelated families reported."""
    young = Group.objects.filter(book=live_book(), families__gte=BAR, first_day__gt=today - NEW_FOR)
    return list(young.order_by("-third_day", "-families", "name")[:MOST_BURSTS])


def _counted(*, today: date) -> dict[Series, Counter[int]]:
    """Return how many contacts each series has on each of its days; held-apart ones count not."""
    first = today - timedelta(days=DAYS - 1)
    book = live_book()
    lately = Contact.objects.filter(book=book, day__gte=first, day__lte=today, is_held=False)
    rows = lately.values_list("day", "tactics", "region", "channel", "group")
    counted: dict[Series, Counter[int]] = defaultdict(Counter)
    for day, tactics, region, channel, group in rows.iterator():
        for series in {
            key for tactic in tactics for key in _series(tactic, region, channel, group)
        }:
            counted[series][(day - first).days] += 1
    return counted


def _all_series(tactics: list[str], *place: str) -> set[Series]:
    return {series for tactic in tactics for series in _series(tactic, *place)}


def _series(tactic: str, region: str, channel: str, group: str) -> Iterator[Series]:
    yield tactic, "", "", ""
    yield "", "", "", group
    if region:
        yield tactic, region, "", ""
        yield tactic, region, channel, group
    if channel:
        yield tactic, "", channel, ""
