"""Which cases a member may see: the one rule behind every list, search, count, export and plot.

A case is visible to its owner, to its team, and by a grant that has a reason and an end. A
minor's case is apart: of its team only the leads see it, and who holds the grant for minors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from oberih.desk.access.models import Grant, GrantKind
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission

_ASKED: ContextVar[dict[str, list[tuple[str, str]]] | None] = ContextVar("asked", default=None)


def visible(by: Member) -> QuerySet[Case]:
    """Return the cases that the member may see, and no trace of any other."""
    if not by.may(Permission.QUEUE_SEE):
        return Case.objects.none()
    return Case.objects.filter(may_see(by))


def may_see(by: Member, *, through: str = "") -> Q:
    """Return the rule as a filter; `through` is the way to the case ("case__")."""
    grants = _grants_of(by)
    team: dict[str, object] = {f"{through}team__in": by.team_ids}
    if not _minors(by, grants=grants):
        team[f"{through}under18"] = False
    rule = Q(**{f"{through}owner": str(by.pk)}) | Q(**team)
    granted = _cases_of(grants)
    return rule | Q(**{f"{through}pk__in": granted}) if granted else rule


def the_visible(case: CaseId, *, by: Member) -> Case:
    """Return a case that the member may see; raises NoSuchCase for hidden and absent alike."""
    found = visible(by).filter(pk=case).first()
    if found is None:
        raise NoSuchCase
    return found


def is_visible(case: str, *, by: Member) -> bool:
    """Tell whether the member may see the case; False for one that does not exist."""
    return visible(by).filter(pk=case).exists()


def granted_cases(by: Member) -> list[str]:
    """Return the cases that grants open to the member now."""
    return _cases_of(_grants_of(by))


def sees_minors(by: Member) -> bool:
    """Tell whether the member sees the minors' cases of their teams."""
    return _minors(by, grants=_grants_of(by))


def sees_identity(case: CaseId, *, by: Member) -> bool:
    """Tell whether a second grant opens to the member who the family is."""
    rows = live_grants().filter(member=str(by.pk), kind=GrantKind.IDENTITY, case=case)
    return rows.exists()


def takes_originals(case: CaseId, *, by: Member) -> bool:
    """Tell whether a grant lets the member take the originals of a case's attachments."""
    rows = live_grants().filter(member=str(by.pk), kind=GrantKind.ORIGINAL, case=case)
    return rows.exists()


def live_grants() -> QuerySet[Grant]:
    """Return the grants in force, by the database's clock."""
    return Grant.objects.filter(ended_at__isnull=True, ends_at__gt=Now())


def _minors(by: Member, *, grants: list[tuple[str, str]]) -> bool:
    return by.may(Permission.CASE_MINORS) or (GrantKind.MINORS.value, "") in grants


def _cases_of(grants: list[tuple[str, str]]) -> list[str]:
    return sorted(case for kind, case in grants if kind == GrantKind.CASE)


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Ask for a member's grants once for all that is read within; for pages that change nothing."""
    token = _ASKED.set({})
    try:
        yield
    finally:
        _ASKED.reset(token)


def _grants_of(by: Member) -> list[tuple[str, str]]:
    asked, member = _ASKED.get(), str(by.pk)
    if asked is not None and member in asked:
        return asked[member]
    found = list(live_grants().filter(member=member).values_list("kind", "case"))
    if asked is not None:
        asked[member] = found
    return found
