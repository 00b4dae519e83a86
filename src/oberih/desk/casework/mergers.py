"""Two cases of one person worked on as one, and taken apart again with nothing lost.

Nothing moves: each case keeps its conversation, notes and files, and only says where it is worked
on. Cases of several kin never become one; their families do not learn of each other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.crypto.message import ReplyKind
from oberih.desk import families
from oberih.desk.access.models import FamilyIdentity
from oberih.desk.assessing import signs_of
from oberih.desk.care.kin import require_not_kept_apart
from oberih.desk.casework.models import Merger, Transfer, TransferState
from oberih.desk.casework.refusals import (
    AlreadyOffered,
    MergedAlready,
    NothingMerged,
    NotMergeable,
    NotTheSameFamily,
)
from oberih.desk.models import Case, Message, Reply
from oberih.desk.services import locked
from oberih.desk.states import CaseId, CaseState, Direction, ReplyState
from oberih.desk.urgency import urgency_of
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

if TYPE_CHECKING:
    from oberih.core.canonical import Json


@dataclass(frozen=True, slots=True)
class _Pair:
    """The case that goes in, and the one it is worked on in."""

    case: Case
    into: Case


@transaction.atomic
def merge(case: CaseId, *, into: CaseId, by: Member, now: datetime) -> Merger:
    """Work on a case inside another of the same person.

    Raises NoSuchCase, KinKeptApart, MergedAlready, NotMergeable, NotTheSameFamily, AlreadyOffered.
    """
    require(by, Permission.CASE_MERGE)
    pair = _locked(case, into=into, by=by)
    _require_mergeable(pair)
    before = _state_of(pair)
    _join(pair)
    before["waiting_after"] = _iso(pair.into.waiting_since)
    before["state_after"] = pair.into.state
    made = Merger.objects.create(
        case=pair.case, into=pair.into, before=before, by=str(by.pk), at=now
    )
    for one, other in ((pair.case, pair.into), (pair.into, pair.case)):
        detail: Json = {"with": other.pk, "into": pair.into.pk}
        record(Act.CASE_MERGED, actor=by.member_id, subject=f"case {one.pk}", detail=detail)
    return made


@transaction.atomic
def unmerge(case: CaseId, *, by: Member, now: datetime) -> None:
    """Take a case out again: both are what they were, and what came since stays where it came.

    Raises NothingMerged, NoSuchCase.
    """
    require(by, Permission.CASE_MERGE)
    row = Merger.objects.select_for_update().filter(case=case, undone_at__isnull=True).first()
    if row is None:
        raise NothingMerged
    pair = _locked(case, into=CaseId(row.into_id), by=by)
    row.undone_at, row.undone_by = now, str(by.pk)
    row.save(update_fields=["undone_at", "undone_by"])
    _restore_case(pair.case, merger=row)
    _restore_into(pair.into, merger=row)
    _restore_families(row)
    for one in (pair.case, pair.into):
        detail: Json = {"merger": row.pk}
        record(Act.CASE_UNMERGED, actor=by.member_id, subject=f"case {one.pk}", detail=detail)


def _locked(case: CaseId, *, into: CaseId, by: Member) -> _Pair:
    if case == into:
        raise NotMergeable
    found = {key: locked(key, by=by) for key in sorted((case, into))}
    return _Pair(found[case], found[into])


def _require_mergeable(pair: _Pair) -> None:
    both = (pair.case.pk, pair.into.pk)
    require_not_kept_apart(both)
    going = Merger.objects.filter(undone_at__isnull=True)
    if pair.into.merged_into or going.filter(Q(case=pair.case) | Q(into=pair.case)).exists():
        raise MergedAlready
    if (pair.case.team, pair.case.under18) != (pair.into.team, pair.into.under18):
        raise NotMergeable
    if Transfer.objects.filter(case__in=both, state=TransferState.OFFERED).exists():
        raise AlreadyOffered
    names = FamilyIdentity.objects.filter(case__in=both).values_list("name", flat=True)
    if len({" ".join(name.casefold().split()) for name in names}) > 1:
        raise NotTheSameFamily
    inside = going.filter(into=pair.into).values_list("case_id", flat=True)
    require_not_kept_apart([pair.case.pk, *inside])


def _state_of(pair: _Pair) -> dict[str, object]:
    firsts = {one.family or one.pk for one in (pair.case, pair.into)}
    together = Case.objects.filter(Q(pk__in=firsts) | Q(family__in=firsts))
    return {
        "state": pair.case.state,
        "waiting_since": _iso(pair.case.waiting_since),
        "returned_for": pair.case.returned_for,
        "into_state": pair.into.state,
        "into_waiting": _iso(pair.into.waiting_since),
        "families": dict(together.values_list("pk", "family")),
    }


def _join(pair: _Pair) -> None:
    case, into = pair.case, pair.into
    waiting = [one.waiting_since for one in (case, into) if one.waiting_since is not None]
    into.waiting_since = min(waiting, default=None)
    into.urgency = min(into.urgency, case.urgency)
    if case.state in {CaseState.NEW, CaseState.OPEN} and into.state != CaseState.NEW:
        into.state = CaseState.OPEN
    into.save(update_fields=["waiting_since", "urgency", "state"])
    case.state, case.waiting_since = CaseState.CLOSED, None
    case.merged_into, case.returned_for = into.pk, ""
    case.save(update_fields=["state", "waiting_since", "merged_into", "returned_for"])
    families.unite([case.pk, into.pk])


def _restore_case(case: Case, *, merger: Merger) -> None:
    since = merger.before["waiting_since"]
    case.merged_into = ""
    case.state, case.returned_for = merger.before["state"], merger.before["returned_for"]
    case.waiting_since = datetime.fromisoformat(since) if since else None
    spoken, counted = Message.objects.filter(conversation__case=case), merger.at
    replies = spoken.filter(direction=Direction.REPLY, at__gt=merger.at)
    if replies.exclude(author="").exists():
        case.state, case.waiting_since, counted = CaseState.WAITING, None, _last_written(case)
    came = spoken.filter(direction=Direction.REPORT, at__gt=counted)
    if first := came.order_by("at").first():
        case.state, case.waiting_since = CaseState.OPEN, case.waiting_since or first.at
    case.save(update_fields=["merged_into", "state", "returned_for", "waiting_since"])


def _last_written(case: Case) -> datetime:
    """Return when the newest reply that left the case was written: it answers what was there."""
    left = Reply.objects.filter(
        conversation__case=case,
        kind=ReplyKind.REPLY,
        state__in=(ReplyState.SEALED, ReplyState.DELIVERED),
    )
    newest = left.order_by("-written_at").values_list("written_at", flat=True).first()
    return newest or case.filed_at


def _restore_into(into: Case, *, merger: Merger) -> None:
    """Take back what the merger set, unless somebody changed it since."""
    before, later = merger.before, _later(merger)
    if later is not None:
        _hand_over(before, to=later)
    elif _iso(into.waiting_since) == before["waiting_after"]:
        since = before["into_waiting"]
        into.waiting_since = datetime.fromisoformat(since) if since else None
    if later is None and into.state == before["state_after"]:
        into.state = before["into_state"]
    inside = Case.objects.filter(merged_into=into.pk).values_list("urgency", flat=True)
    into.urgency = min([urgency_of(signs_of(into)), *inside])
    into.save(update_fields=["waiting_since", "state", "urgency"])


def _later(merger: Merger) -> Merger | None:
    """Return the merger into the same case that came next after this one and still stands."""
    rows = Merger.objects.filter(into=merger.into_id, undone_at__isnull=True, pk__gt=merger.pk)
    return rows.order_by("pk").first()


def _hand_over(before: dict[str, Any], *, to: Merger) -> None:
    """Let a later merger know what its main case was before the earlier one, which is undone."""
    for name in ("into_state", "into_waiting"):
        to.before[name] = before[name]
    to.before["families"] |= before["families"]
    to.save(update_fields=["before"])


def _restore_families(merger: Merger) -> None:
    """Give each case the family it had; agreed moves of words since then join again."""
    for key, family in merger.before["families"].items():
        Case.objects.filter(pk=key).update(family=family)
    for case in Case.objects.select_related("conversation").filter(
        pk__in=merger.before["families"]
    ):
        families.join(case.conversation)
    others = Merger.objects.filter(into=merger.into_id, undone_at__isnull=True)
    for one in others.values_list("case_id", flat=True):
        families.unite([one, merger.into_id])


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
