"""Taking a list in, batch by batch; what was interrupted goes on where it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act, MemberId
from oberih.audit.services import record
from oberih.register.list_diff import Difference, difference
from oberih.register.list_models import IssueState, ListEntry, ListIssue, ListKind, StagedRow
from oberih.register.list_rows import Fields, marks_of, spelling_of
from oberih.register.models import Identity, NameForm, NameKey
from oberih.register.refusals import NoSuchList, NotThisFar, RowsWrong
from oberih.register.search_keys import keys_of_spelling
from oberih.register.services import add_people, identity, name_form
from oberih.register.states import PersonId
from oberih.register.values import Sought
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

BATCH = 1_000
Entropy = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the list in would change."""

    difference: Difference
    wrong: int
    remarked: int
    rows: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person who takes a list in has seen and said yes to."""

    leaves_wrong_rows_out: bool
    vanishing_is_right: bool


def preview(issue: ListIssue) -> Preview:
    """Return what would change; nothing does."""
    staged = issue.staged.all()
    now = dict(staged.filter(fault="").values_list("match", "fields"))
    return Preview(
        difference=difference(entries_before(issue), now=now),
        wrong=staged.exclude(fault="").count(),
        remarked=staged.exclude(remarks=[]).count(),
        rows=staged.count(),
    )


def entries_before(issue: ListIssue) -> dict[str, Fields]:
    """Return the rows of the source's last finished issue of this kind."""
    before = earlier(issue)
    return dict(before.entries.values_list("match", "fields")) if before else {}


def earlier(issue: ListIssue) -> ListIssue | None:
    """Return the source's last finished issue of this kind, but for this one."""
    done = ListIssue.objects.filter(source=issue.source, kind=issue.kind, state=IssueState.DONE)
    return done.exclude(pk=issue.pk).filter(pk__lt=issue.pk).order_by("-pk").first()


def begin(issue_id: int, *, seen: Seen, by: Member) -> ListIssue:
    """Begin to take a list in; raises RowsWrong until wrong rows are corrected or left out."""
    require(by, Permission.REGISTER_CHANGE)
    with transaction.atomic():
        issue = ListIssue.objects.select_for_update().filter(pk=issue_id).first()
        if issue is None:
            raise NoSuchList
        if issue.state != IssueState.READ or not issue.is_confirmed:
            raise NotThisFar
        told = preview(issue)
        if (told.wrong and not seen.leaves_wrong_rows_out) or told.wrong == told.rows:
            raise RowsWrong
        if told.difference.is_suspicious and not seen.vanishing_is_right:
            raise RowsWrong
        issue.state = IssueState.APPLYING.value
        issue.rows = told.rows - told.wrong
        issue.save(update_fields=["state", "rows"])
    return issue


def go_on(issue: ListIssue, *, now: datetime, entropy: Entropy) -> bool:
    """Take the next batch in, one transaction; return whether the list is done."""
    with transaction.atomic():
        issue = ListIssue.objects.select_for_update().get(pk=issue.pk)
        if issue.state != IssueState.APPLYING:
            return True
        batch = list(issue.staged.filter(fault="").order_by("number")[:BATCH])
        people = _people(issue, batch=batch, now=now, entropy=entropy)
        ListEntry.objects.bulk_create(
            ListEntry(
                issue=issue,
                number=row.number,
                match=row.match,
                fields=row.fields,
                person_id=people.get(row.match),
            )
            for row in batch
        )
        issue.staged.filter(pk__in=[row.pk for row in batch]).delete()
        issue.applied += len(batch)
        if len(batch) < BATCH:
            _finish(issue)
        issue.save(update_fields=["applied", "state"])
    return issue.state == IssueState.DONE


def go_on_with_all(*, now: datetime, entropy: Entropy) -> None:
    """Take one batch of every list that is being taken in: the worker's part."""
    for issue in ListIssue.objects.filter(state=IssueState.APPLYING):
        go_on(issue, now=now, entropy=entropy)


def _people(
    issue: ListIssue, *, batch: list[StagedRow], now: datetime, entropy: Entropy
) -> dict[str, str]:
    """Return whom each row is: those of the earlier issue, and for people sought, new ones."""
    known = _known(issue, batch=batch)
    if issue.kind != ListKind.SOUGHT:
        return {match: person for match, (person, _fields) in known.items()}
    for row in batch:
        if row.match in known and known[row.match][1] != row.fields:
            _add_what_changed(PersonId(known[row.match][0]), row.fields, source=issue.source_id)
    new = [row for row in batch if row.match not in known]
    made = add_people(
        [
            Sought(issue.source_id, spelling_of(row.fields), marks=marks_of(row.fields))
            for row in new
        ],
        now=now,
        entropy=entropy,
    )
    people = {match: person for match, (person, _fields) in known.items()}
    return people | {row.match: one.pk for row, one in zip(new, made, strict=True)}


def _known(issue: ListIssue, *, batch: list[StagedRow]) -> dict[str, tuple[str, Fields]]:
    """Return who stood in an earlier issue under these matches, as last written there."""
    rows = ListEntry.objects.filter(
        issue__source=issue.source,
        issue__kind=issue.kind,
        issue__state=IssueState.DONE,
        match__in=[row.match for row in batch],
        person__isnull=False,
    ).order_by("issue")
    found = rows.values_list("match", "person", "fields")
    return {match: (str(person), fields) for match, person, fields in found}


def _add_what_changed(person: PersonId, fields: Fields, *, source: int) -> None:
    """Put what the new issue says beside what the earlier one said."""
    spelling, marks = spelling_of(fields), marks_of(fields)
    NameForm.objects.bulk_create(
        [name_form(person, spelling, source=source)], ignore_conflicts=True
    )
    keys = keys_of_spelling(spelling.surname, spelling.given, patronymic=spelling.patronymic)
    NameKey.objects.bulk_create(
        [NameKey(key=key, person_id=person) for key in sorted(keys)], ignore_conflicts=True
    )
    Identity.objects.bulk_create([identity(person, marks, source=source)])


def _finish(issue: ListIssue) -> None:
    issue.staged.all().delete()
    issue.state = IssueState.DONE.value
    detail = {"rows": issue.applied}
    actor = Member.objects.get(pk=issue.read_by).member_id
    _record(issue, actor=actor, detail=detail)


def _record(issue: ListIssue, *, actor: MemberId, detail: dict[str, int]) -> None:
    record(Act.LIST_IMPORTED, actor=actor, subject=f"list {issue.pk}", detail=detail)
