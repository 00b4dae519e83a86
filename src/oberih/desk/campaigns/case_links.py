"""The strongest links of one case, for its page; of another team's case only that there is one."""

from collections.abc import Iterator
from dataclasses import dataclass

from oberih.campaigns.models import Campaign, CampaignCase, Claim, Clue, Contact, Group
from oberih.campaigns.network import neighbours
from oberih.campaigns.states import CLAIMED
from oberih.campaigns.taking import live_book
from oberih.desk.campaigns.claiming import claims_of
from oberih.desk.campaigns.escrow import sides
from oberih.desk.campaigns.words import why_words
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission

MOST = 6


@dataclass(frozen=True, slots=True)
class CaseLink:
    """Another case, empty when it is another team's, and the strongest reason."""

    case: str
    why: str
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A person or place that is noted; `clue` is 0 while no other family's stranger names it."""

    row: Claim
    clue: int
    joins: bool


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """A case's strongest links, and the group or campaign that it is part of."""

    links: tuple[CaseLink, ...]
    group: int
    campaign: Campaign | None
    case: str
    claims: tuple[ShownClaim, ...]
    may_note: bool
    may_link: bool


def case_links(case: str, *, by: Member) -> CaseLinks | None:
    """Return a case's links; None for who sees no campaigns."""
    contact = Contact.objects.filter(book=live_book(), case=case).first()
    if contact is None or not by.may(Permission.CAMPAIGN_SEE):
        return None
    pairs = neighbours(contact, most=MOST)
    named = dict(
        Contact.objects.filter(pk__in=[pair.other for pair in pairs]).values_list("pk", "case")
    )
    shown = sides([case, *named.values()], by=by).shown
    group = Group.objects.filter(book=contact.book, name=contact.group, families__gt=1)
    confirmed = CampaignCase.objects.filter(case=case).select_related("campaign").first()
    return CaseLinks(
        links=tuple(
            CaseLink(
                case=named[pair.other] if named[pair.other] in shown else "",
                why=why_words(pair.whys[0]) if named[pair.other] in shown else "",
                is_inferred=pair.whys[0].is_inferred,
            )
            for pair in pairs
        ),
        group=group.values_list("pk", flat=True).first() or 0,
        campaign=None if confirmed is None else confirmed.campaign,
        case=case,
        claims=tuple(_claims(contact)),
        may_note=by.may(Permission.CASE_NOTE),
        may_link=by.may(Permission.CAMPAIGN_LINK),
    )


def _claims(contact: Contact) -> Iterator[ShownClaim]:
    rows = claims_of(CaseId(contact.case))
    if not rows:
        return
    shown = Clue.objects.filter(book=contact.book, kind__in=CLAIMED, families__gt=1)
    found = {
        (one.kind, one.value): one for one in shown.filter(value__in=[row.value for row in rows])
    }
    for row in rows:
        clue = found.get((row.kind, row.value))
        yield ShownClaim(row, clue.pk if clue else 0, clue is not None and clue.joins)
