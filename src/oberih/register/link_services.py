"""What tracing decides of a proposed link: one transaction each, with its audit entry.

Every link needs a person; a row of an official list, which makes somebody officially captive, needs
two. Taking a decision back is a decision too.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.link_models import LinkDecision, LinkProposal, Verdict
from oberih.register.list_models import ListEntry
from oberih.register.refusals import EntryTaken, NoSuchLink, SamePerson
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class Judged:
    """The state that a link gets, and who said so."""

    state: Verdict
    by: str
    second_by: str = ""


def judge(link: int, *, verdict: Verdict, by: Member, now: datetime) -> Verdict:
    """Record what a person says of a link and return its state.

    `PROPOSED` takes a decision back. To ask for another look is no acceptance: of an official row
    it is kept as not sure. Raises NoSuchLink, SamePerson when the second person is the first,
    EntryTaken when the row was accepted as somebody else.
    """
    require(by, Permission.REGISTER_CHANGE)
    try:
        with transaction.atomic():
            row = _link(link)
            judged = _judged(row, verdict=verdict, by=str(by.pk))
            _keep(row, judged=judged, now=now)
            _apply(row, state=judged.state)
            detail = {"state": judged.state.value, "engine": row.engine}
            subject = f"link of person {row.person_id}"
            record(Act.REGISTER_LINK_JUDGED, actor=by.member_id, subject=subject, detail=detail)
    except IntegrityError as error:
        raise EntryTaken from error
    return judged.state


def needs_two(row: LinkProposal) -> bool:
    """Return whether accepting the link takes two people: the source's word is official."""
    return row.entry.issue.source.is_official


def decision_on(row: LinkProposal) -> LinkDecision | None:
    """Return what was decided of this pair, by the source's own mark of the row."""
    return LinkDecision.objects.filter(
        source=row.entry.issue.source_id, match=row.entry.match, person=row.person_id
    ).first()


def _link(link: int) -> LinkProposal:
    rows = LinkProposal.objects.select_for_update(of=("self",))
    found = rows.select_related("entry__issue__source").filter(pk=link).first()
    if found is None:
        raise NoSuchLink
    return found


def _judged(row: LinkProposal, *, verdict: Verdict, by: str) -> Judged:
    if verdict is Verdict.SECOND and needs_two(row):
        return Judged(Verdict.UNSURE, by)
    if verdict is not Verdict.ACCEPTED:
        return Judged(verdict, by)
    before = decision_on(row)
    if before is not None and row.state == Verdict.ACCEPTED:
        return Judged(Verdict.ACCEPTED, before.by, second_by=before.second_by)
    if before is None or row.state != Verdict.SECOND:
        return Judged(Verdict.SECOND if needs_two(row) else Verdict.ACCEPTED, by)
    if before.by == by:
        raise SamePerson
    return Judged(Verdict.ACCEPTED, before.by, second_by=by)


def _keep(row: LinkProposal, *, judged: Judged, now: datetime) -> None:
    LinkDecision.objects.update_or_create(
        source=row.entry.issue.source,
        match=row.entry.match,
        person=row.person,
        defaults={
            "verdict": judged.state.value,
            "by": judged.by,
            "second_by": judged.second_by,
            "engine": row.engine,
            "at": now,
        },
    )


def _apply(row: LinkProposal, *, state: Verdict) -> None:
    """Set the link's state, and the person of every row that the source marks as this one."""
    was_accepted = row.state == Verdict.ACCEPTED
    row.state = state.value
    row.save(update_fields=["state"])
    same = ListEntry.objects.filter(issue__source=row.entry.issue.source_id, match=row.entry.match)
    if state is Verdict.ACCEPTED:
        if same.filter(person__isnull=False).exclude(person=row.person_id).exists():
            raise EntryTaken
        same.update(person=row.person_id)
    elif was_accepted:
        same.filter(person=row.person_id).update(person=None)
