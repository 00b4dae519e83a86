"""What the page of accesses and a case's own list show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from oberih.desk.access import asking, openings
from oberih.desk.access.models import Ask, FamilyIdentity, Grant, GrantKind, Notice
from oberih.desk.access.visible import live_grants, sees_identity, visible
from oberih.desk.states import CaseId
from oberih.staff.models import Member, Team
from oberih.staff.roles import Permission, Role
from oberih.staff.services import require

KINDS = {
    GrantKind.CASE: _("the case"),
    GrantKind.IDENTITY: _("who the family is"),
    GrantKind.MINORS: _("minors' cases"),
    GrantKind.ORIGINAL: _("the originals of its attachments"),
}


@dataclass(frozen=True, slots=True)
class ShownGrant:
    """One access in force, in words."""

    row: Grant
    what: str
    to: str
    given_by: str


@dataclass(frozen=True, slots=True)
class ShownAsk:
    """One question to a second person."""

    row: Ask
    asked_by: str
    second_by: str
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class WhoSees:
    """Who may see one case, for its page."""

    team: str
    teams: tuple[Team, ...]
    grants: tuple[ShownGrant, ...]
    has_identity: bool
    sees_identity: bool
    others_here: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class AccessPage:
    """What waits for a second person, what leads must look at, which accesses are in force."""

    waiting: tuple[ShownAsk, ...]
    notices: tuple[ShownAsk, ...]
    grants: tuple[ShownGrant, ...]
    opened: int
    allowed: int


def access_page(*, by: Member, now: datetime) -> AccessPage:
    """Return the page of accesses; only of cases that the member may see."""
    require(by, Permission.CASE_BREAK_GLASS)
    names = names_of_members()
    return AccessPage(
        waiting=tuple(_asked(one, names=names) for one in asking.waiting_for(by, now=now)),
        notices=tuple(_asked(one.ask, names=names, notice=one) for one in asking.notices_for(by)),
        grants=tuple(_granted(one, names=names) for one in _grants(by)),
        opened=openings.exposed(by, now=now),
        allowed=openings.allowed(by, now=now),
    )


def who_sees(case: CaseId, *, by: Member, now: datetime) -> WhoSees:
    """Return who may see a case that the member has open."""
    names, teams = names_of_members(), tuple(Team.objects.order_by("name"))
    team = visible(by).values_list("team", flat=True).get(pk=case)
    grants = live_grants().filter(case=case).order_by("ends_at")
    return WhoSees(
        team=next((one.name for one in teams if one.pk == team), team),
        teams=teams,
        grants=tuple(_granted(one, names=names) for one in grants),
        has_identity=FamilyIdentity.objects.filter(case_id=case).exists(),
        sees_identity=sees_identity(case, by=by),
        others_here=tuple(openings.others_at(case, by=by, now=now)),
    )


def something_waits(by: Member, *, now: datetime) -> int:
    """Return how many questions and notices wait for this member."""
    return len(asking.waiting_for(by, now=now)) + len(asking.notices_for(by))


def names_of_members() -> dict[str, str]:
    """Return every member's name by id."""
    return {str(key): name for key, name in Member.objects.values_list("pk", "name")}


def _grants(by: Member) -> Sequence[Grant]:
    """Return the accesses in force that the member may know of: of visible cases, or their own."""
    rows = list(live_grants().order_by("ends_at"))
    seen = set(visible(by).filter(pk__in=[row.case for row in rows]).values_list("pk", flat=True))
    is_lead = Role(by.role) is Role.LEAD
    mine = str(by.pk)
    return [
        row for row in rows if row.case in seen or row.member == mine or (is_lead and not row.case)
    ]


def _granted(row: Grant, *, names: dict[str, str]) -> ShownGrant:
    what = str(KINDS[GrantKind(row.kind)])
    return ShownGrant(row, what, names.get(row.member, ""), names.get(row.given_by, ""))


def _asked(row: Ask, *, names: dict[str, str], notice: Notice | None = None) -> ShownAsk:
    return ShownAsk(row, names.get(row.asked_by, ""), names.get(row.second_by, ""), notice)
