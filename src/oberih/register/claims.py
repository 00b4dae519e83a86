"""Claims of callers: entered once in a case, compared with the person that this case asks for."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.claim_check import PLACED, Checked, Claimed, Verdict, check
from oberih.register.exchange_states import Condition, Paper
from oberih.register.finding import find
from oberih.register.models import CallerClaim, Event, Relation
from oberih.register.refusals import EmptyClaim
from oberih.register.selectors import fact_of
from oberih.register.statuses import effective
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_CLAIMS = 20
MOST_NAMESAKES = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller told, as the form has it."""

    claimed: Claimed
    cellmate: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim with what the register says to it; `cellmate_there` only where it was asked."""

    row: CallerClaim
    checked: Checked
    cellmate_there: bool | None


def enter_claim(case: str, *, told: Told, by: Member, now: datetime) -> CallerClaim:
    """Keep what a caller claimed; the caller of this has opened the case. Raises EmptyClaim."""
    require(by, Permission.CASE_ANSWER)
    if told == Told(Claimed()):
        raise EmptyClaim
    one = told.claimed
    with transaction.atomic():
        row = CallerClaim.objects.create(
            case=case,
            place=one.place,
            since=one.since,
            until=one.until,
            cellmate=told.cellmate,
            condition=one.condition.value,
            paper=one.paper.value,
            entered_by=str(by.pk),
            entered_at=now,
        )
        record(Act.CLAIM_ENTERED, actor=by.member_id, subject=f"case {case}", detail={})
    return row


def compare(case: str, *, by: Member) -> list[Comparison]:
    """Return the case's claims, each compared with what is recorded now."""
    require(by, Permission.CASE_ANSWER)
    rows = list(CallerClaim.objects.filter(case=case).order_by("-pk")[:MOST_CLAIMS])
    if not rows:
        return []
    people = Relation.objects.filter(requester__case=case).values_list("person", flat=True)
    events = Event.objects.filter(person__in=list(people)).select_related("source")
    facts = [fact_of(one) for one in events.order_by("position")]
    with transaction.atomic():
        record(Act.CLAIM_CHECKED, actor=by.member_id, subject=f"case {case}", detail={})
    return [
        Comparison(row, check(claimed_in(row), facts=facts), _cellmate_there(row)) for row in rows
    ]


def claimed_in(row: CallerClaim) -> Claimed:
    """Return a kept claim as the rules see it."""
    return Claimed(row.place, row.since, row.until, Condition(row.condition), Paper(row.paper))


def _cellmate_there(row: CallerClaim) -> bool | None:
    """Tell whether somebody of the cellmate's name is recorded in that place in those months."""
    if not row.cellmate or not row.place:
        return None
    people = [one.person for one in find(row.cellmate) if not one.is_near][:MOST_NAMESAKES]
    events = Event.objects.filter(person__in=people, type__in=[one.value for one in PLACED])
    told = effective(fact_of(one) for one in events.select_related("source"))
    records = [one for one in told if not one.is_claim]  # not hidden by a post that says the same
    where = Claimed(row.place, row.since, row.until)
    return check(where, facts=records).verdict is Verdict.FITS
