"""What reach counts: messages by channel, and the time from a campaign's first report to an alert.

Three queries for all campaigns and one for each table of the outbox, however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Count

from oberih.alerts import subscriptions
from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.values import Channel, Fate
from oberih.alerts.models import Alert
from oberih.alerts.states import RELEASED, Standing, SubscriptionState, Way
from oberih.campaigns.models import Campaign, CampaignCase
from oberih.campaigns.states import CampaignState
from oberih.desk.access.visible import visible
from oberih.desk.models import Reply
from oberih.desk.states import ReplyState
from oberih.staff.models import Member

MOST = 60
PEOPLE = frozenset({Channel.SMS, Channel.PUSH})
"""Channels whose targets are people: few of them are not told as a number."""


@dataclass(frozen=True, slots=True)
class Line:
    """One channel: whom it could reach now, and what became of all its messages."""

    name: str
    could: int
    delivered: int
    waiting: int
    failed: int
    uncertain: int = 0
    is_people: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """One campaign: its families, its first report, its first alert (None: nobody warned yet)."""

    name: str
    campaign: str
    families: int
    first_report: datetime
    first_alert: datetime | None

    def hours(self, *, now: datetime) -> float:
        """Return the hours from the first report to the first alert, or until now."""
        return ((self.first_alert or now) - self.first_report).total_seconds() / 3_600


def channels(place: Path) -> list[Line]:
    """Return a line for each channel that was ever used or could be."""
    if not place.exists():
        return []
    with closing(Outbox(place)) as outbox:
        report, targets = outbox.report(), Counter(channel for channel, _one in outbox.targets())
        opened = outbox.channels()
    people = subscriptions.counts()
    for way, channel in ((Way.SMS, Channel.SMS), (Way.PUSH, Channel.PUSH)):
        if channel in opened:
            targets[channel] += people.get((way, SubscriptionState.CONFIRMED), 0)
    used = sorted({*report, *targets, *opened})
    return [_line(one, could=targets[one], counts=report.get(one, {})) for one in used]


def sealed() -> Line | None:
    """Return the line of what was sealed into conversations; None when nothing ever was."""
    rows = Reply.objects.filter(author__startswith="alert ").values_list("state")
    counts = dict(rows.annotate(n=Count("pk")).order_by())
    if not counts:
        return None
    return Line(
        name="sealed",
        could=sum(counts.values()),
        delivered=counts.get(ReplyState.DELIVERED, 0),
        waiting=counts.get(ReplyState.WAITING, 0) + counts.get(ReplyState.SEALED, 0),
        failed=counts.get(ReplyState.WITHDRAWN, 0),
        is_people=True,
    )


def spans(*, by: Member) -> list[Span]:
    """Return the campaigns of the cases that the member may see, the newest first."""
    joined = dict(CampaignCase.objects.values_list("case", "campaign"))
    seen = visible(by).filter(pk__in=CampaignCase.objects.values("case"))
    families: dict[str, set[str]] = defaultdict(set)
    first: dict[str, datetime] = {}
    for case, family, filed_at in seen.values_list("pk", "family", "filed_at"):
        campaign = joined[case]
        families[campaign].add(family or case)
        first[campaign] = min(filed_at, first.get(campaign, filed_at))
    alerted = _first_alerts(joined)
    rows = Campaign.objects.filter(pk__in=first).exclude(state=CampaignState.MERGED)
    found = [
        Span(row.name, row.pk, len(families[row.pk]), first[row.pk], alerted.get(row.pk))
        for row in rows
    ]
    return sorted(found, key=lambda one: one.first_report, reverse=True)[:MOST]


def _first_alerts(joined: Mapping[str, str]) -> dict[str, datetime]:
    """Return when each campaign's first alert was released: one drafted from a case of it."""
    rows = Alert.objects.filter(state__in=RELEASED, standing=Standing.ACTUAL).exclude(case="")
    found: dict[str, datetime] = {}
    for case, at in rows.order_by("approved_at").values_list("case", "approved_at"):
        if case in joined and at is not None:
            found.setdefault(joined[case], at)
    return found


def _line(channel: Channel, *, could: int, counts: Mapping[Fate, int]) -> Line:
    return Line(
        name=str(channel),
        could=could,
        delivered=counts.get(Fate.SENT, 0),
        waiting=counts.get(Fate.WAITING, 0) + counts.get(Fate.SENDING, 0),
        failed=counts.get(Fate.FAILED, 0),
        uncertain=counts.get(Fate.UNCERTAIN, 0),
        is_people=channel in PEOPLE,
    )
