"""Transfers: a team offers a case to another, which takes it over or says why not.

Need-to-know moves with the case: when it is taken over, every access that was given to it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core import time
from oberih.desk.access.grants import reason_of
from oberih.desk.access.selectors import names_of_members
from oberih.desk.access.visible import live_grants, sees_minors, visible
from oberih.desk.casework.models import Transfer, TransferState
from oberih.desk.casework.refusals import (
    AlreadyOffered,
    MinorsNeedALead,
    NoSuchOffer,
    NoSuchTeam,
)
from oberih.desk.models import Case
from oberih.desk.search import index
from oberih.desk.services import locked
from oberih.desk.states import CaseId
from oberih.desk.urgency import WORDS, Urgency
from oberih.staff.models import Member, Team
from oberih.staff.roles import Permission
from oberih.staff.services import require

if TYPE_CHECKING:
    from oberih.core.canonical import Json


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An offer as the other team sees it: no word of the case but why, by whom and how urgent."""

    row: Transfer
    offered_by: str
    to_team: str
    urgency: str


@transaction.atomic
def offer(case: CaseId, *, to: str, reason: str, by: Member) -> Transfer:
    """Offer a case to another team; raises NoSuchTeam, NoReason, AlreadyOffered, NoSuchCase."""
    require(by, Permission.CASE_TRANSFER)
    row = locked(case, by=by)
    if row.merged_into or to == row.team or not Team.objects.filter(pk=to).exists():
        raise NoSuchTeam
    given = {"from_team": row.team, "to_team": to, "reason": reason_of(reason)}
    try:
        with transaction.atomic():
            made = Transfer.objects.create(
                case=row, offered_by=str(by.pk), offered_at=time.now(), **given
            )
    except IntegrityError as error:
        raise AlreadyOffered from error
    record(Act.TRANSFER_OFFERED, actor=by.member_id, subject=f"case {case}", detail={"to": to})
    return made


@transaction.atomic
def accept(offer_id: int, *, by: Member, now: datetime) -> CaseId:
    """Take an offered case over for one's team; raises NoSuchOffer, MinorsNeedALead.

    The case gets the new team and owner; accesses given to it before end.
    """
    row = _offered(offer_id, by=by)
    case = Case.objects.select_for_update().get(pk=row.case_id)
    if case.under18 and not sees_minors(by):
        raise MinorsNeedALead
    _answer(row, state=TransferState.ACCEPTED, by=by, now=now)
    for one in Case.objects.select_for_update().filter(Q(pk=case.pk) | Q(merged_into=case.pk)):
        one.team, one.owner, one.version = row.to_team, str(by.pk), one.version + 1
        one.save(update_fields=["team", "owner", "version"])
        index.add(one, texts=())
        _end_grants(one, by=by, now=now)
    detail: Json = {"to": row.to_team}
    record(Act.TRANSFER_ACCEPTED, actor=by.member_id, subject=f"case {case.pk}", detail=detail)
    return CaseId(case.pk)


@transaction.atomic
def reject(offer_id: int, *, answer: str, by: Member, now: datetime) -> None:
    """Say why one's team does not take a case over; raises NoSuchOffer, NoReason."""
    row = _offered(offer_id, by=by)
    row.answer = reason_of(answer)
    _answer(row, state=TransferState.REJECTED, by=by, now=now)
    record(Act.TRANSFER_REJECTED, actor=by.member_id, subject=f"case {row.case_id}", detail={})


@transaction.atomic
def withdraw(offer_id: int, *, by: Member, now: datetime) -> None:
    """Take an offer back that nobody has answered; raises NoSuchOffer."""
    require(by, Permission.CASE_TRANSFER)
    rows = Transfer.objects.select_for_update().filter(pk=offer_id, state=TransferState.OFFERED)
    row = rows.first()
    if row is None or not visible(by).filter(pk=row.case_id).exists():
        raise NoSuchOffer
    _answer(row, state=TransferState.WITHDRAWN, by=by, now=now)
    record(Act.TRANSFER_WITHDRAWN, actor=by.member_id, subject=f"case {row.case_id}", detail={})


def offered_to(by: Member) -> Sequence[ShownOffer]:
    """Return what is offered to the member's teams."""
    if not by.may(Permission.CASE_TRANSFER):
        return []
    rows = Transfer.objects.select_related("case").filter(
        state=TransferState.OFFERED, to_team__in=by.team_ids
    )
    names, teams = names_of_members(), dict(Team.objects.values_list("pk", "name"))
    return [
        ShownOffer(
            row=row,
            offered_by=names.get(row.offered_by, ""),
            to_team=teams.get(row.to_team, row.to_team),
            urgency=str(WORDS[Urgency(row.case.urgency)]),
        )
        for row in rows.order_by("case__urgency", "offered_at")
    ]


def offers_waiting(by: Member) -> int:
    """Return how many offers wait for an answer of the member's teams."""
    if not by.may(Permission.CASE_TRANSFER):
        return 0
    rows = Transfer.objects.filter(state=TransferState.OFFERED, to_team__in=by.team_ids)
    return rows.count()


def _offered(offer_id: int, *, by: Member) -> Transfer:
    require(by, Permission.CASE_TRANSFER)
    rows = Transfer.objects.select_for_update().filter(
        pk=offer_id, state=TransferState.OFFERED, to_team__in=by.team_ids
    )
    row = rows.first()
    if row is None:
        raise NoSuchOffer
    return row


def _answer(row: Transfer, *, state: TransferState, by: Member, now: datetime) -> None:
    row.state, row.answered_by, row.answered_at = state, str(by.pk), now
    row.save(update_fields=["state", "answered_by", "answered_at", "answer"])


def _end_grants(case: Case, *, by: Member, now: datetime) -> None:
    for grant in live_grants().filter(case=case.pk):
        grant.ended_at = now
        grant.save(update_fields=["ended_at"])
        detail: Json = {"grant": grant.pk, "because": "the case moved"}
        record(Act.GRANT_ENDED, actor=by.member_id, subject=f"case {case.pk}", detail=detail)
