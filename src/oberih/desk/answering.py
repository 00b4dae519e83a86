"""A reply from the case's page: written only while the case is what the officer looked at.

Looking and writing are one transaction, so that of two officers who answer at once one is told.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from oberih.desk.access.visible import visible
from oberih.desk.models import Case
from oberih.desk.replying.places import require_filled
from oberih.desk.services import (
    ActedMeanwhile,
    CaseMerged,
    ReplyId,
    refuse_unwritable,
    reply,
    reply_in_merged,
)
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page sends: into which of the merged conversations, and the version it showed."""

    case: CaseId
    text: str = field(repr=False)
    to: str = ""
    seen: str = ""

    @property
    def into(self) -> CaseId:
        """Return the case whose conversation it goes into."""
        return CaseId(self.to or self.case)


def require_sendable(given: Answer, *, by: Member) -> None:
    """Raise at once what `answer` would raise; nothing is held and nothing written."""
    require(by, Permission.CASE_ANSWER)
    _require_unchanged(given, among=visible(by))
    require_filled(given.text)
    row = visible(by).select_related("conversation").filter(pk=given.into).first()
    if row is not None and row.merged_into and given.into == given.case:
        raise CaseMerged
    if row is not None:
        refuse_unwritable(row.conversation)


def answer(given: Answer, *, by: Member, now: datetime) -> ReplyId:
    """Put a reply into the queue; raises ActedMeanwhile, and as `services.reply`."""
    require(by, Permission.CASE_ANSWER)
    write = reply if given.into == given.case else reply_in_merged
    with transaction.atomic():
        _require_unchanged(given, among=visible(by).select_for_update())
        return write(given.into, text=given.text, by=by, now=now)


def _require_unchanged(given: Answer, *, among: QuerySet[Case]) -> None:
    """Compare the versions; a case that is hidden is refused where it is written."""
    row = among.filter(pk=given.case).first()
    if row is not None and given.seen.isdecimal() and row.version != int(given.seen):
        raise ActedMeanwhile
