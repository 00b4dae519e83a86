"""Erasing a person, by their own right or a court's order: asked by one, done by another."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.erasure_models import Erasure, Ground
from oberih.register.forgetting import Forgotten, forget
from oberih.register.models import SoughtPerson
from oberih.register.refusals import ErasureWaits, NoSuchErasure, NoSuchPerson, SecondPersonNeeded
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ErasureWish:
    """Who shall be erased, why, and the number of the paper that says so."""

    person: str
    ground: Ground
    paper: str


def ask_erasure(wish: ErasureWish, *, by: Member, now: datetime) -> Erasure:
    """Ask for a second person to erase somebody; raises NoSuchPerson, ErasureWaits."""
    require(by, Permission.REGISTER_ERASE)
    if not SoughtPerson.objects.filter(pk=wish.person).exists():
        raise NoSuchPerson
    try:
        with transaction.atomic():
            row = Erasure.objects.create(
                person=wish.person,
                ground=wish.ground.value,
                paper=wish.paper,
                asked_by=str(by.pk),
                asked_at=now,
            )
            _record(Act.ERASURE_ASKED, row=row, by=by)
    except IntegrityError as error:
        raise ErasureWaits from error
    return row


def withdraw_erasure(erasure: int, *, by: Member, now: datetime) -> None:
    """Leave the person where they are; raises NoSuchErasure."""
    require(by, Permission.REGISTER_ERASE)
    with transaction.atomic():
        row = _waiting(erasure)
        row.withdrawn_at, row.paper = now, ""
        row.save(update_fields=["withdrawn_at", "paper"])
        _record(Act.ERASURE_WITHDRAWN, row=row, by=by)


def erase_person(erasure: int, *, by: Member, now: datetime) -> Forgotten:
    """Erase as the second person; raises NoSuchErasure, SecondPersonNeeded.

    The chain of events still verifies; the act keeps the opaque id, the ground and how many events
    went. Call `forgetting.leave_no_trace` after it.
    """
    require(by, Permission.REGISTER_ERASE)
    with transaction.atomic():
        row = _waiting(erasure)
        if row.asked_by == str(by.pk):
            raise SecondPersonNeeded
        forgotten = forget(row.person)
        row.done_by, row.done_at, row.paper = str(by.pk), now, ""
        row.save(update_fields=["done_by", "done_at", "paper"])
        _record(Act.PERSON_ERASED, row=row, by=by, events=forgotten.events)
    return forgotten


def erasures(*, by: Member) -> list[Erasure]:
    """Return those that wait, however old, then the newest."""
    require(by, Permission.REGISTER_ERASE)
    over = Coalesce("done_at", "withdrawn_at")
    return list(Erasure.objects.order_by(over.desc(nulls_first=True), "-pk")[:MOST_SHOWN])


def _waiting(erasure: int) -> Erasure:
    rows = Erasure.objects.select_for_update()
    row = rows.filter(pk=erasure, done_at__isnull=True, withdrawn_at__isnull=True).first()
    if row is None:
        raise NoSuchErasure
    return row


def _record(act: Act, *, row: Erasure, by: Member, events: int | None = None) -> None:
    detail: dict[str, str | int] = {"ground": row.ground}
    if events is not None:
        detail["events"] = events
    record(act, actor=by.member_id, subject=f"person {row.person}", detail=detail)
