"""Teams: who works on the same cases; the administrator divides the desk, and sees no case."""

import re

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput
from oberih.staff.models import Member, Team
from oberih.staff.roles import Permission
from oberih.staff.services import require

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,38}[a-z0-9]")


class OddTeam(BadInput):
    """A team's name has 2 to 40 small Latin letters, digits and hyphens."""


def join_team(member: Member, *, team: str) -> None:
    """Put a member into a team, which is made when it is first named; raises OddTeam.

    For the desk's own machine; a person goes by `add_to_team`.
    """
    if not NAME.fullmatch(team):
        raise OddTeam
    found, _is_new = Team.objects.get_or_create(pk=team, defaults={"name": team})
    member.teams.add(found)


@transaction.atomic
def add_to_team(member: Member, *, team: str, by: Member) -> None:
    """Put a member into a team; raises OddTeam, NotPermitted."""
    require(by, Permission.STAFF_TEAMS)
    join_team(member, team=team)
    _record(Act.TEAM_JOINED, member=member, team=team, by=by)


@transaction.atomic
def take_from_team(member: Member, *, team: str, by: Member) -> None:
    """Take a member out of a team: from now on its cases are not theirs to see."""
    require(by, Permission.STAFF_TEAMS)
    member.teams.remove(*Team.objects.filter(pk=team))
    _record(Act.TEAM_LEFT, member=member, team=team, by=by)


def _record(act: Act, *, member: Member, team: str, by: Member) -> None:
    record(act, actor=by.member_id, subject=f"member {member.id}", detail={"team": team})
