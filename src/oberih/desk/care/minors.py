"""Minors: that somebody is under 18 is noted by whoever learns it; whether a guardian may know.

Nothing here assumes that a minor is anybody's relative, nor that a guardian helps: until it was
asked, no guardian is told anything.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.access.grants import reason_of
from oberih.desk.access.visible import the_visible
from oberih.desk.assessing import signs_of
from oberih.desk.care.models import GuardianWord, MaybeTold
from oberih.desk.care.refusals import NotAMinor
from oberih.desk.casework.together import main_of
from oberih.desk.models import Case, InternalNote
from oberih.desk.search import index
from oberih.desk.services import locked
from oberih.desk.states import CaseId
from oberih.desk.urgency import urgency_of
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@transaction.atomic
def note_minor(case: CaseId, *, by: Member) -> None:
    """Note that who writes is under 18: from now on of the team only the leads see the case.

    What is merged with it goes along. Its owner keeps it. Raises NoSuchCase.
    """
    require(by, Permission.CASE_NOTE)
    _set(locked(case, by=by), is_minor=True)
    record(Act.MINOR_NOTED, actor=by.member_id, subject=f"case {case}", detail={})


@transaction.atomic
def note_grown(case: CaseId, *, reason: str, by: Member, now: datetime) -> None:
    """Take that back, as somebody who sees minors' cases; the reason stays as a note.

    Raises NoSuchCase, NotAMinor, NoReason.
    """
    require(by, Permission.CASE_MINORS)
    row = locked(case, by=by)
    if not row.under18:
        raise NotAMinor
    why = reason_of(reason)
    _set(row, is_minor=False)
    GuardianWord.objects.filter(pk=case).delete()
    InternalNote.objects.create(case=row, author=str(by.pk), text=why, at=now)
    index.add(row, texts=[why])
    record(Act.MINOR_TAKEN_BACK, actor=by.member_id, subject=f"case {case}", detail={})


@transaction.atomic
def settle_guardian(case: CaseId, *, word: MaybeTold, by: Member, now: datetime) -> None:
    """Keep what was agreed with the minor about telling a guardian; raises NotAMinor."""
    require(by, Permission.CASE_ANSWER)
    if not locked(case, by=by).under18:
        raise NotAMinor
    settled = {"word": word, "settled_by": str(by.pk), "settled_at": now}
    GuardianWord.objects.update_or_create(case=case, defaults=settled)
    detail = {"word": word.value}
    record(Act.GUARDIAN_SETTLED, actor=by.member_id, subject=f"case {case}", detail=detail)


def guardian_word(case: CaseId, *, by: Member) -> MaybeTold:
    """Return what was agreed; not asked is no; raises NoSuchCase."""
    the_visible(case, by=by)
    row = GuardianWord.objects.filter(pk=case).first()
    return MaybeTold.NOT_ASKED if row is None else MaybeTold(row.word)


def _set(row: Case, *, is_minor: bool) -> None:
    whole = Q(pk=main_of(row)) | Q(merged_into=main_of(row))
    for one in Case.objects.select_for_update().filter(whole):
        one.under18 = is_minor
        one.urgency = urgency_of(signs_of(one))
        one.save(update_fields=["under18", "urgency"])
        index.add(one, texts=())
