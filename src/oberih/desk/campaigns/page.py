"""One group or campaign as a member may see it: table, graph, days, map, words, next acts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from oberih.campaigns.confirming import cases_of
from oberih.campaigns.models import Campaign, CampaignCase, Clue, ClueVerdict, Contact, Group
from oberih.campaigns.network import Network, network
from oberih.campaigns.states import CampaignId, CampaignState, ClueKind
from oberih.campaigns.sums import BAR
from oberih.campaigns.taking import live_book
from oberih.desk import words
from oberih.desk.campaigns import drawing
from oberih.desk.campaigns.escrow import cases_of_group, sides, the_campaign, the_group
from oberih.desk.campaigns.floods_shown import ShownFlood, floods_in
from oberih.desk.campaigns.reach import Reach, reach_of
from oberih.desk.campaigns.rows import Row, Table, rows_of
from oberih.desk.campaigns.said import Said, said_alike
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_ROWS = 250
MOST_CLUES = 50
MOST_OTHERS = 100
LISTED = (ClueKind.IDENTIFIER, ClueKind.PAYMENT)


@dataclass(frozen=True, slots=True)
class ShownClue:
    """A number, account or way to pay that several families name."""

    row: Clue
    families: int
    verdict: str
    is_payment: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What table, graph, days and map point at: a contact, a day, or a region."""

    pick: int = 0
    day: date | None = None
    region: str = ""

    def holds(self, row: Row) -> bool:
        """Tell whether a contact is chosen."""
        if self.pick:
            return row.number == self.pick
        if self.day is not None:
            return row.contact.day == self.day
        return bool(self.region) and row.contact.region == self.region


NOTHING_CHOSEN = Choice()


@dataclass(frozen=True, slots=True)
class Page:
    """All that one page shows."""

    campaign: Campaign | None
    group: Group | None
    rows: tuple[Row, ...]
    total: int
    more: int
    hidden: int
    has_granted: bool
    reach: Reach
    clues: tuple[ShownClue, ...]
    tactics: tuple[str, ...]
    tactic_codes: tuple[str, ...]
    graph: drawing.Graph
    days: drawing.Days
    tiles: tuple[drawing.Tile, ...]
    said: Said
    floods: tuple[ShownFlood, ...]
    new: int
    merged: tuple[Campaign, ...]
    others: tuple[Campaign, ...]
    choice: Choice

    @property
    def chosen(self) -> frozenset[int]:
        """Return the numbers of the contacts that every part of the page marks."""
        return frozenset(row.number for row in self.rows if self.choice.holds(row))

    @property
    def chosen_days(self) -> frozenset[date]:
        """Return the days on which the chosen contacts came."""
        return frozenset(row.contact.day for row in self.rows if self.choice.holds(row))

    @property
    def chosen_regions(self) -> frozenset[str]:
        """Return the regions of the chosen contacts."""
        return frozenset(row.contact.region for row in self.rows if self.choice.holds(row))

    @property
    def first_case(self) -> str:
        """Return a case that an alert can be drafted from."""
        return next((row.case for row in self.rows if row.case and not row.is_held), "")

    @property
    def may_warn(self) -> bool:
        """Tell whether three unrelated families stand behind it."""
        return self.reach.families >= BAR


@dataclass(frozen=True, slots=True)
class _Material:
    """What both kinds of page are made of."""

    cases: tuple[str, ...]
    confirmed: frozenset[str] | None
    campaign: Campaign | None = None
    group: Group | None = None


def group_page(number: int, *, by: Member, choice: Choice = NOTHING_CHOSEN) -> Page:
    """Return the page of a group, with the campaign that it is part of; raises NoSuchGroup."""
    require(by, Permission.CAMPAIGN_SEE)
    group = the_group(number, by=by)
    cases = cases_of_group(group)
    confirmed = CampaignCase.objects.filter(case__in=cases).select_related("campaign").first()
    campaign = None if confirmed is None else confirmed.campaign
    material = _Material(tuple(cases), None, campaign, group)
    return _page(material, by=by, choice=choice)


def campaign_page(campaign_id: CampaignId, *, by: Member, choice: Choice = NOTHING_CHOSEN) -> Page:
    """Return the page of a campaign; raises NoSuchCampaign."""
    require(by, Permission.CAMPAIGN_SEE)
    campaign = the_campaign(campaign_id, by=by)
    confirmed = CampaignCase.objects.filter(campaign__in=[campaign, *campaign.campaign_set.all()])
    material = _Material(
        cases=tuple(cases_of(campaign_id)),
        confirmed=frozenset(confirmed.values_list("case", flat=True)),
        campaign=campaign,
    )
    return _page(material, by=by, choice=choice)


def _page(material: _Material, *, by: Member, choice: Choice) -> Page:
    seen = sides(material.cases, by=by)
    contacts = list(
        Contact.objects.filter(book=live_book(), case__in=seen.shown).order_by("day", "case")
    )
    counting = [one for one in contacts if not one.is_held]
    listed = contacts[:MOST_ROWS]
    found = network(one.pk for one in listed)
    table = Table(tuple(listed), found, seen, material.confirmed)
    rows = rows_of(table, by=by)
    tactics = Counter(code for one in counting for code in one.tactics)
    more = len(contacts) - len(listed)
    return Page(
        campaign=material.campaign,
        group=material.group,
        rows=rows,
        total=len(contacts),
        more=more,
        hidden=len(seen.hidden),
        has_granted=seen.has_granted,
        reach=reach_of(counting),
        clues=_clues(found, counting={one.pk: one.family for one in counting}),
        tactics=tuple(words.tactic_words([code for code, _n in tactics.most_common(8)])),
        tactic_codes=tuple(code for code, _n in tactics.most_common(8)),
        graph=drawing.graph(found, rows={one.contact.pk: one.number for one in rows}, more=more),
        days=drawing.days(Counter(one.day for one in counting)),
        tiles=drawing.tiles(Counter(one.region for one in counting)),
        said=said_alike(rows, found=found, with_slots=by.may(Permission.CASE_READ)),
        floods=floods_in(contacts),
        new=sum(row.is_new for row in rows),
        merged=_merged(material.campaign),
        others=_others(material.campaign),
        choice=choice,
    )


def _clues(found: Network, *, counting: Mapping[int, str]) -> tuple[ShownClue, ...]:
    """Return the numbers and accounts with the families here that name them."""
    families: dict[int, set[str]] = defaultdict(set)
    for one in found.shown:
        if one.contact in counting:
            families[one.clue].add(counting[one.contact])
    chosen = [one for one in found.clues if one.kind in LISTED]
    verdicts = ClueVerdict.objects.filter(value__in=[one.value for one in chosen])
    said = {(one.kind, one.value): one.verdict for one in verdicts}
    shown = [
        ShownClue(
            row=one,
            families=len(families[one.pk]),
            verdict=said.get((one.kind, one.value), ""),
            is_payment=one.kind == ClueKind.PAYMENT,
        )
        for one in chosen
    ]
    return tuple(sorted(shown, key=lambda one: (-one.families, one.row.value))[:MOST_CLUES])


def _merged(campaign: Campaign | None) -> tuple[Campaign, ...]:
    """Return what was merged into the campaign, each to be taken out again."""
    return () if campaign is None else tuple(campaign.campaign_set.order_by("name")[:MOST_OTHERS])


def _others(campaign: Campaign | None) -> tuple[Campaign, ...]:
    """Return the campaigns that this one can be merged into."""
    if campaign is None:
        return ()
    standing = Campaign.objects.filter(state=CampaignState.CONFIRMED).exclude(pk=campaign.pk)
    return tuple(standing.order_by("name")[:MOST_OTHERS])
