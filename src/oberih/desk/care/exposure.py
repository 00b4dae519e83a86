"""How much somebody had to look at: counted for care, never for a comparison or a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from oberih.desk.access.models import Opening
from oberih.desk.access.visible import visible
from oberih.desk.care.models import PassedOn, Talk
from oberih.desk.states import Band
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

DAY, WEEK = timedelta(days=1), timedelta(days=7)
HEAVY = Q(physical=True) | Q(support=True) | Q(under18=True) | Q(band=Band.STOP)
MOST_HEAVY = 15
"""After so many heavy cases since the last talk the lead is asked to sit down with somebody."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one member had before their eyes, and whether somebody should ask how they are."""

    member: Member
    today: int
    week: int
    heavy: int
    has_passed_on: bool
    talked_at: datetime | None

    @property
    def asks_for_a_talk(self) -> bool:
        """Tell whether the lead is asked to sit down with them."""
        return self.has_passed_on or self.heavy >= MOST_HEAVY


def own_exposure(*, by: Member, now: datetime) -> Exposure:
    """Return what the member has opened."""
    require(by, Permission.CASE_READ)
    return _exposures([by], by=by, now=now)[0]


def exposures(*, by: Member, now: datetime) -> tuple[Exposure, ...]:
    """Return those of the lead's teams in the order of their names; raises NotPermitted."""
    require(by, Permission.CARE_SEE)
    return tuple(_exposures(colleagues_of(by), by=by, now=now))


def colleagues_of(by: Member) -> list[Member]:
    """Return who works in the member's teams, themselves left out."""
    active = Member.objects.filter(is_active=True, teams__in=by.team_ids).exclude(pk=by.pk)
    found = active.distinct().order_by("name")
    return [one for one in found if one.may(Permission.CASE_READ)]


def _exposures(members: Iterable[Member], *, by: Member, now: datetime) -> list[Exposure]:
    """Count in as many queries for one as for thirty; only cases that the reader may see."""
    listed = list(members)
    keys = [str(one.pk) for one in listed]
    talked = dict(Talk.objects.filter(member__in=keys).values_list("member").annotate(at=Max("at")))
    opened = Opening.objects.filter(member__in=keys, opened_at__gt=now - WEEK)
    opened = opened.filter(case__in=visible(by).values("pk"))
    today = _counted(opened.filter(opened_at__gt=now - DAY))
    week = _counted(opened)
    heavy = _counted(
        opened.filter(case__in=visible(by).filter(HEAVY).values("pk")).filter(_since(talked))
    )
    passed = PassedOn.objects.filter(member__in=keys, at__gt=now - WEEK).filter(
        _since(talked, field="at")
    )
    has_passed = set(passed.values_list("member", flat=True))
    return [
        Exposure(
            member=one,
            today=today.get(key, 0),
            week=week.get(key, 0),
            heavy=heavy.get(key, 0),
            has_passed_on=key in has_passed,
            talked_at=talked.get(key),
        )
        for one, key in zip(listed, keys, strict=True)
    ]


def _since(talked: dict[str, datetime], *, field: str = "opened_at") -> Q:
    """Return the rule that leaves out what lies before somebody's last talk."""
    before = Q(pk__in=[])
    for member, at in talked.items():
        before |= Q(member=member, **{f"{field}__lte": at})
    return ~before


def _counted(rows: QuerySet[Opening]) -> dict[str, int]:
    return dict(rows.values_list("member").annotate(n=Count("pk")).order_by())
