"""Whose links a member sees: of another team's case only that it exists, until each side agrees.

The desk's one rule of visible cases decides what is one's own side. A team opens its cases in a
group to another team by a grant; both must have given theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns.confirming import NoSuchCampaign, NoSuchGroup, cases_of
from oberih.campaigns.judging import NoSuchLink
from oberih.campaigns.models import Campaign, Contact, Grant, Group
from oberih.campaigns.states import CampaignId
from oberih.campaigns.taking import live_book
from oberih.core.errors import Refused
from oberih.desk.access.visible import visible
from oberih.desk.models import Case
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


class NothingToOpen(Refused):
    """There is nothing to open here: no other team has a case in it, or you have none."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The cases of a group as one member may know them."""

    own: frozenset[str]
    opened: frozenset[str]
    hidden: frozenset[str]
    has_granted: bool

    @property
    def shown(self) -> frozenset[str]:
        """Return what the member sees."""
        return self.own | self.opened


def sides(cases: Iterable[str], *, by: Member) -> Sides:
    """Return which of the cases are the member's own side, opened by another, or hidden."""
    teams = dict(Case.objects.filter(pk__in=list(cases)).values_list("pk", "team"))
    own = frozenset(visible(by).filter(pk__in=list(teams)).values_list("pk", flat=True))
    given = list(
        Grant.objects.filter(case__in=list(teams), other__in=list(teams)).values_list(
            "case", "other"
        )
    )
    ours = {teams[other] for case, other in given if case in own}
    theirs = {teams[case] for case, other in given if other in own}
    opened = {case for case, team in teams.items() if case not in own and team in ours & theirs}
    hidden = frozenset(teams) - own - opened
    return Sides(own, frozenset(opened), hidden, {teams[one] for one in hidden} <= ours)


def the_group(number: int, *, by: Member) -> Group:
    """Return a group of which the member sees a case; raises NoSuchGroup for all others."""
    group = Group.objects.filter(pk=number, book=live_book()).first()
    if group is None or not sides(cases_of_group(group), by=by).own:
        raise NoSuchGroup
    return group


def cases_of_group(group: Group) -> list[str]:
    """Return the cases of a group."""
    rows = Contact.objects.filter(book=group.book, group=group.name)
    return list(rows.order_by("case").values_list("case", flat=True))


def the_campaign(campaign_id: CampaignId, *, by: Member) -> Campaign:
    """Return a campaign of which the member sees a case; raises NoSuchCampaign for all others."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise NoSuchCampaign
    whole = CampaignId(campaign.merged_into_id or campaign.pk)
    if not sides(cases_of(whole), by=by).own:
        raise NoSuchCampaign
    return campaign


def require_both(contacts: Iterable[int], *, by: Member) -> None:
    """Let through who sees both ends of a link; raises NoSuchLink."""
    rows = Contact.objects.filter(book=live_book(), pk__in=list(contacts))
    ends = dict(rows.values_list("case", "group"))
    near = Contact.objects.filter(book=live_book(), group__in=set(ends.values()))
    cases = list(near.values_list("case", flat=True))
    if not ends or not set(ends) <= sides(cases, by=by).shown:
        raise NoSuchLink


def open_our_side(cases: Iterable[str], *, by: Member, now: datetime) -> None:
    """Let each other team of a group see our cases in it, once it lets us see its own."""
    require(by, Permission.CASE_READ)
    with transaction.atomic():
        found = sides(cases, by=by)
        if not found.own or not found.hidden:
            raise NothingToOpen
        ours = min(found.own)
        rows = Case.objects.filter(pk__in=found.hidden).order_by("team", "pk")
        first = {team: case for case, team in reversed(list(rows.values_list("pk", "team")))}
        for other in first.values():
            Grant.objects.get_or_create(
                case=ours, other=other, defaults={"by": str(by.pk), "at": now}
            )
        record(
            Act.LINK_GRANTED,
            actor=by.member_id,
            subject=f"case {ours}",
            detail={"teams": len(first)},
        )
