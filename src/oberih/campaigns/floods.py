"""A flood taken out of linking by one act: what it joined or buried is as if it had never come.

Held apart, a flood counts for nothing, but its reports still join what they name: fakes that name
the numbers of two campaigns make one group of them, and a number that hundreds of fakes name joins
nobody any more. Set apart, they are linked among themselves alone. One act takes that back.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns.bests import MANY, chunks
from oberih.campaigns.clues import count_again
from oberih.campaigns.judging import NothingHeld
from oberih.campaigns.models import Book, Contact, SetApart
from oberih.campaigns.settling import settle
from oberih.campaigns.taking import live_book
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


def held_cases() -> QuerySet[Contact, str]:
    """Return the cases that count for nothing now: of a flood, or set apart."""
    live = Book.objects.filter(is_live=True).values("number")
    held = Contact.objects.filter(book__in=live, is_held=True)
    return held.values_list("case", flat=True)


def set_apart(group: str, *, by: Member, now: datetime) -> int:
    """Call what is held apart in a group fakes; return how many. Raises NothingHeld."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        held = Contact.objects.filter(book=live_book(), group=group, is_held=True, is_apart=False)
        cases = list(held.values_list("case", flat=True))
        if not cases:
            raise NothingHeld
        fakes = [SetApart(case=case, by=str(by.pk), at=now) for case in cases]
        SetApart.objects.bulk_create(fakes, batch_size=MANY, ignore_conflicts=True)
        _move(cases, is_apart=True)
        _record(Act.FLOOD_SET_APART, group=group, by=by, cases=len(cases))
    return len(cases)


def take_back(group: str, *, by: Member) -> int:
    """Link a group's fakes with all others again; return how many. Raises NothingHeld."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        fakes = Contact.objects.filter(book=live_book(), group=group, is_apart=True)
        cases = list(fakes.values_list("case", flat=True))
        if not cases:
            raise NothingHeld
        for some in chunks(cases):
            SetApart.objects.filter(pk__in=some).delete()
        _move(cases, is_apart=False)
        _record(Act.FLOOD_TAKEN_BACK, group=group, by=by, cases=len(cases))
    return len(cases)


def _move(cases: list[str], *, is_apart: bool) -> None:
    """Take cases from one world to the other, and group anew whom that joins or parts."""
    book = live_book()
    moved: set[str] = set(cases)
    for some in chunks(cases):
        contacts = Contact.objects.filter(book=book, case__in=some)
        contacts.update(is_apart=is_apart)
        moved |= count_again(contacts)
    settle(moved, book=book)


def _record(act: Act, *, group: str, by: Member, cases: int) -> None:
    record(act, actor=by.member_id, subject=f"group {group}", detail={"cases": cases})
