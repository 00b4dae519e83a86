"""The list of campaigns: alarms first, then what people named, then groups that wait for a name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from oberih.campaigns import alarms
from oberih.campaigns.calibration import trust
from oberih.campaigns.models import Burst, Campaign, CampaignCase, Contact, Group, Look, Tally
from oberih.campaigns.states import CampaignState
from oberih.campaigns.sums import BAR
from oberih.campaigns.taking import live_book
from oberih.desk import words
from oberih.desk.access.visible import visible
from oberih.desk.campaigns.words import CHANNELS, REASONS
from oberih.desk.regions import region_name
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_GROUPS = 50
FEWEST = 2


@dataclass(frozen=True, slots=True)
class ShownBurst:
    """An alarm in words."""

    what: str
    group: int
    seen: int
    expected: float


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """A campaign, and the families that the member may know of."""

    row: Campaign
    families: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group without a name; `families` are those in cases that the member may see."""

    row: Group
    families: int
    is_alarm: bool


@dataclass(frozen=True, slots=True)
class ShownTrust:
    """How people judged links of one reason."""

    reason: str
    row: Tally


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole list; each part says how many more there are."""

    bursts: tuple[ShownBurst, ...]
    looked_at: object
    campaigns: tuple[ShownCampaign, ...]
    groups: tuple[ShownGroup, ...]
    more: int
    held: tuple[Group, ...]
    trust: tuple[ShownTrust, ...]


def listing(*, by: Member, today: date) -> Listing:
    """Return the list of campaigns and groups."""
    require(by, Permission.CAMPAIGN_SEE)
    book = live_book()
    groups = Group.objects.filter(book=book)
    own = Contact.objects.filter(book=book, case__in=visible(by).values("pk"))
    seen = own.values("group")
    several = (
        own.filter(is_held=False)
        .values("group")
        .annotate(told=Count("family", distinct=True))
        .filter(told__gte=FEWEST)
    )
    waiting = groups.filter(name__in=several.values("group"))
    waiting = waiting.exclude(name__in=_named_groups(book))
    ordered = waiting.order_by("-families", "-last_day", "name")
    young = {one.name for one in alarms.new_scripts(today=today)}
    shown = _groups(list(ordered[:MOST_GROUPS]), by=by, young=young)
    looked = Look.objects.filter(pk=1).first()
    return Listing(
        bursts=tuple(_burst(one) for one in Burst.objects.all()),
        looked_at=None if looked is None else looked.at,
        campaigns=tuple(_campaigns(by=by)),
        groups=shown,
        more=max(0, waiting.count() - MOST_GROUPS),
        held=tuple(
            groups.filter(quarantined__gt=0, name__in=seen).order_by("-last_day")[:MOST_GROUPS]
        ),
        trust=tuple(ShownTrust(str(REASONS[one.reason]), one) for one in trust()),
    )


def _named_groups(book: int) -> set[str]:
    """Return the groups that are part of a campaign already."""
    named = CampaignCase.objects.values("case")
    rows = Contact.objects.filter(book=book, case__in=named)
    return set(rows.values_list("group", flat=True))


def _groups(rows: list[Group], *, by: Member, young: set[str]) -> tuple[ShownGroup, ...]:
    """Return the groups of which the member may see a case, with the families of these."""
    families = _families([row.name for row in rows], by=by)
    return tuple(
        ShownGroup(row, len(families[row.name]), row.name in young and row.families >= BAR)
        for row in rows
    )


def _families(groups: Iterable[str], *, by: Member) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    seen = visible(by).values("pk")
    counted = Contact.objects.filter(book=live_book(), group__in=list(groups), is_held=False)
    rows = counted.filter(case__in=seen)
    for group, family in rows.values_list("group", "family"):
        found[group].add(family)
    return found


def _campaigns(*, by: Member) -> list[ShownCampaign]:
    """Return the standing campaigns, the most lately active first."""
    standing = Campaign.objects.filter(state=CampaignState.CONFIRMED).order_by("-confirmed_at")
    listed = list(standing[:MOST_GROUPS])
    groups_of = _groups_of(listed)
    families: dict[str, set[str]] = defaultdict(set)
    last: dict[str, date] = defaultdict(lambda: date.min)
    contacts = Contact.objects.filter(
        book=live_book(),
        group__in={group for groups in groups_of.values() for group in groups},
        case__in=visible(by).values("pk"),
        is_held=False,
    )
    for group, family, day in contacts.values_list("group", "family", "day"):
        families[group].add(family)
        last[group] = max(day, last[group])
    found = [
        ShownCampaign(
            one,
            len({family for group in groups_of[one.pk] for family in families[group]}),
            max((last[group] for group in groups_of[one.pk] if families[group]), default=None),
        )
        for one in listed
    ]
    return sorted(found, key=lambda one: (one.last_day or date.min, one.families), reverse=True)


def _groups_of(campaigns: list[Campaign]) -> dict[str, set[str]]:
    """Return the groups of each campaign, those of what was merged into it too."""
    found: dict[str, set[str]] = defaultdict(set)
    confirmed = CampaignCase.objects.filter(
        Q(campaign__in=campaigns) | Q(campaign__merged_into__in=campaigns)
    )
    rows = list(confirmed.values_list("campaign_id", "campaign__merged_into_id", "case"))
    contacts = Contact.objects.filter(book=live_book(), case__in=[case for *_c, case in rows])
    group_of = dict(contacts.values_list("case", "group"))
    for campaign, merged_into, case in rows:
        if case in group_of:
            found[merged_into or campaign].add(group_of[case])
    return found


def _burst(row: Burst) -> ShownBurst:
    parts = [
        words.TACTICS.get(row.tactic, row.tactic),
        region_name(row.region),
        CHANNELS.get(row.channel, row.channel),
    ]
    group = Group.objects.filter(book=live_book(), name=row.group).values_list("pk", flat=True)
    return ShownBurst(
        what=" · ".join(str(part) for part in parts if part),
        group=group.first() or 0,
        seen=row.seen,
        expected=row.expected,
    )
