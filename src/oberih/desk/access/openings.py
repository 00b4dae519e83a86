"""Who has which case open: the warning for two at one case, and the limit of openings an hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from oberih.desk.access.models import Ask, AskKind, AskState, Opening
from oberih.desk.access.refusals import TooManyOpenings
from oberih.desk.access.visible import the_visible
from oberih.desk.states import CaseId
from oberih.staff.models import Member

AN_HOUR = timedelta(hours=1)
STILL_THERE = timedelta(minutes=3)
"""A page that shows a case says so every minute; after three it is taken as left."""


def note(case: CaseId, *, by: Member, now: datetime) -> None:
    """Keep that the member opened the case; part of the caller's transaction.

    Raises TooManyOpenings when it is one more case than a person may open in an hour; a case
    opened again within the hour counts once.
    """
    rows = Opening.objects.select_for_update().filter(member=str(by.pk))
    lately = set(rows.filter(opened_at__gt=now - AN_HOUR).values_list("case", flat=True))
    if case not in lately and len(lately) >= allowed(by, now=now):
        raise TooManyOpenings
    Opening.objects.update_or_create(
        member=str(by.pk),
        case=case,
        defaults={"seen_at": now} if case in lately else {"opened_at": now, "seen_at": now},
        create_defaults={"opened_at": now, "seen_at": now},
    )


def allowed(by: Member, *, now: datetime) -> int:
    """Return how many cases the member may open in an hour: more for each colleague who agreed."""
    agreed = Ask.objects.filter(
        kind=AskKind.MORE_CASES, asked_by=str(by.pk), state=AskState.AGREED, ends_at__gt=now
    )
    return int(settings.OPENINGS_AN_HOUR) * (1 + agreed.count())


def still_here(case: CaseId, *, by: Member, now: datetime) -> Sequence[Member]:
    """Keep that the member still has the case on the screen; return who else has."""
    the_visible(case, by=by)
    with transaction.atomic():
        Opening.objects.filter(member=str(by.pk), case=case).update(seen_at=now)
    return others_at(case, by=by, now=now)


def others_at(case: CaseId, *, by: Member, now: datetime) -> Sequence[Member]:
    """Return the other members who have the case on their screens."""
    rows = Opening.objects.filter(case=case, seen_at__gt=now - STILL_THERE)
    there = rows.exclude(member=str(by.pk)).values_list("member", flat=True)
    return list(Member.objects.filter(pk__in=list(there)).order_by("name"))


def exposed(by: Member, *, now: datetime) -> int:
    """Return how many cases the member opened in the last hour."""
    return Opening.objects.filter(member=str(by.pk), opened_at__gt=now - AN_HOUR).count()
