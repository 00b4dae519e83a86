"""Released prisoners who tell what they saw: who they are stands apart from what they said.

The source that speaks for a witness has an opaque name; name and ways stand in a table of their
own that no export, letter, list or page of a person reads. To see them takes a grant of another
member, for a while, and each look is an act. A witness may withdraw: the identity goes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.models import Source
from oberih.register.refusals import NoGrant, NoSuchSource, NotAWitness, SecondPersonNeeded
from oberih.register.states import SourceKind
from oberih.register.witness_models import WitnessGrant, WitnessIdentity
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

GRANT = timedelta(hours=8)


MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class WitnessWords:
    """Who a witness is and how to reach them."""

    name: str
    reach: str = ""


@dataclass(frozen=True, slots=True)
class WitnessState:
    """What may be known of a witness without a grant."""

    number: int
    source: str
    is_kept: bool
    may_see: bool


def state_of(source: int, *, by: Member, now: datetime) -> WitnessState:
    """Return whether it is kept who a witness is; raises NoSuchSource, NotAWitness."""
    require(by, Permission.REGISTER_WITNESS)
    row = Source.objects.filter(pk=source).first()
    if row is None:
        raise NoSuchSource
    if row.kind != SourceKind.WITNESS:
        raise NotAWitness
    kept = WitnessIdentity.objects.filter(source=row)
    grants = WitnessGrant.objects.filter(witness__source=row, member=str(by.pk), ends_at__gt=now)
    return WitnessState(row.pk, row.name, kept.exists(), grants.exists())


def kept_witnesses(*, by: Member) -> list[Source]:
    """Return the sources of whom it is kept who they are, by their opaque names."""
    require(by, Permission.REGISTER_WITNESS)
    return list(Source.objects.filter(witness__isnull=False).order_by("-pk")[:MOST_SHOWN])


def keep_witness(source: int, words: WitnessWords, *, by: Member, now: datetime) -> Source:
    """Keep who a source is apart, and give the source an opaque name; raises NotAWitness."""
    require(by, Permission.REGISTER_WITNESS)
    with transaction.atomic():
        row = Source.objects.select_for_update().filter(pk=source).first()
        if row is None:
            raise NoSuchSource
        if row.kind != SourceKind.WITNESS:
            raise NotAWitness
        told = {"name": words.name, "reach": words.reach, "kept_by": str(by.pk), "kept_at": now}
        WitnessIdentity.objects.update_or_create(source=row, defaults=told)
        row.name = f"№ {row.pk}"
        row.save(update_fields=["name"])
        record(Act.WITNESS_KEPT, actor=by.member_id, subject=f"source {row.pk}", detail={})
    return row


def grant_witness(source: int, *, to: Member, by: Member, now: datetime) -> WitnessGrant:
    """Let another member see who a witness is for a working day; raises SecondPersonNeeded."""
    require(by, Permission.REGISTER_WITNESS)
    require(to, Permission.REGISTER_WITNESS)
    if to.pk == by.pk:
        raise SecondPersonNeeded
    with transaction.atomic():
        row = _witness(source)
        grant = WitnessGrant.objects.create(
            witness=row, member=str(to.pk), given_by=str(by.pk), ends_at=now + GRANT
        )
        detail = {"to": str(to.pk)}
        record(Act.WITNESS_GRANTED, actor=by.member_id, subject=f"source {source}", detail=detail)
    return grant


def see_witness(source: int, *, by: Member, now: datetime) -> WitnessWords:
    """Return who a witness is and leave the act; raises NoGrant without a grant that stands."""
    require(by, Permission.REGISTER_WITNESS)
    with transaction.atomic():
        row = _witness(source)
        if not row.grants.filter(member=str(by.pk), ends_at__gt=now).exists():
            raise NoGrant
        record(Act.WITNESS_SHOWN, actor=by.member_id, subject=f"source {source}", detail={})
    return WitnessWords(row.name, row.reach)


def withdraw_witness(source: int, *, by: Member) -> None:
    """Erase who a witness is, as they asked; what they said stays, by nobody."""
    require(by, Permission.REGISTER_WITNESS)
    with transaction.atomic():
        _witness(source).delete()
        record(Act.WITNESS_WITHDRAWN, actor=by.member_id, subject=f"source {source}", detail={})


def _witness(source: int) -> WitnessIdentity:
    row = WitnessIdentity.objects.select_for_update().filter(source=source).first()
    if row is None:
        raise NotAWitness
    return row
