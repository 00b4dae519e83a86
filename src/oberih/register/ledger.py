"""The ledger of letters, parcels and transfers: what was sent, and by what its arrival is known."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.arrivals import Share, shares
from oberih.register.exchange_states import ConsignmentKind, Proof
from oberih.register.models import Consignment, Relation, SoughtPerson
from oberih.register.refusals import (
    NoSuchConsignment,
    NoSuchPerson,
    NoSuchRequester,
    NotProven,
    NotYet,
)
from oberih.register.states import PersonId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_ROWS = 120


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that was sent; `requester` where a family sent it."""

    person: PersonId
    kind: ConsignmentKind
    sent_on: date
    carrier: str = ""
    facility: str = ""
    requester: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """On what day it was acknowledged, by what this is known, and which paper says so."""

    on: date
    proof: Proof
    note: str = ""


def record_sent(sent: Sent, *, by: Member, now: datetime) -> Consignment:
    """Write down what was sent; raises NoSuchPerson, NoSuchRequester, NotYet."""
    require(by, Permission.REGISTER_CHANGE)
    if not SoughtPerson.objects.filter(pk=sent.person).exists():
        raise NoSuchPerson
    if sent.sent_on > localdate(now):
        raise NotYet
    with transaction.atomic():
        row = Consignment.objects.create(
            person_id=sent.person,
            relation=_relation(sent),
            kind=sent.kind.value,
            sent_on=sent.sent_on,
            carrier=sent.carrier,
            facility=sent.facility,
            recorded_at=now,
        )
        _note(row, by=by)
    return row


def record_arrival(
    consignment: int, *, arrival: Acknowledged, by: Member, now: datetime
) -> Consignment:
    """Write down that something was acknowledged; a day before it was sent is kept and found.

    Raises NoSuchConsignment, NotProven, NotYet.
    """
    require(by, Permission.REGISTER_CHANGE)
    if arrival.proof is Proof.NONE:
        raise NotProven
    if arrival.on > localdate(now):
        raise NotYet
    with transaction.atomic():
        row = Consignment.objects.select_for_update().filter(pk=consignment).first()
        if row is None:
            raise NoSuchConsignment
        row.acknowledged_on, row.proof = arrival.on, arrival.proof.value
        row.proof_note = arrival.note
        row.save(update_fields=["acknowledged_on", "proof", "proof_note"])
        _note(row, by=by)
    return row


def arrived() -> list[Share]:
    """Return the shares of the whole ledger, the newest 120 facility-months."""
    rows = Consignment.objects.values_list("facility", "sent_on", "proof")
    found = shares(rows.iterator(2_000))
    newest = sorted(found, key=lambda one: one.month, reverse=True)[:MOST_ROWS]
    return sorted(newest, key=lambda one: (one.facility, one.month))


def _relation(sent: Sent) -> Relation | None:
    if not sent.requester:
        return None
    found = Relation.objects.filter(requester=sent.requester, person=sent.person).first()
    if found is None:
        raise NoSuchRequester
    return found


def _note(row: Consignment, *, by: Member) -> None:
    detail = {"consignment": row.pk}
    subject = f"person {row.person_id}"
    record(Act.CONSIGNMENT_RECORDED, actor=by.member_id, subject=subject, detail=detail)
