"""Tasks of a case: what the playbook calls for by sign, tactic and stage, and what officers add."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.casework.models import Task, TaskState
from oberih.desk.casework.refusals import NoSuchTask, NoTaskText
from oberih.desk.models import Case
from oberih.desk.services import locked
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

if TYPE_CHECKING:
    from oberih.core.canonical import Json

PLAYBOOK = Path(__file__).with_name("playbook.yaml")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Play:
    """One task of the playbook: what to do in words, and what calls for it."""

    code: str
    words: dict[str, str]
    signs: frozenset[str]
    tactics: frozenset[str]
    stages: frozenset[int]

    def is_called_for(self, case: Case) -> bool:
        """Tell whether the case's assessment calls for it; one without conditions always is."""
        if not (self.signs or self.tactics or self.stages):
            return True
        return (
            any(getattr(case, sign) for sign in self.signs)
            or bool(self.tactics & set(case.tactics))
            or case.stage in self.stages
        )


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task on the page: what, where it stands, who settled it and when."""

    key: str
    text: str
    state: str
    by: str = ""
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for somebody."""
        return self.state == TaskState.OPEN


def tasks_of(case: Case, *, names: dict[str, str], language: str) -> tuple[ShownTask, ...]:
    """Return the case's tasks: the open ones first, each in the playbook's order.

    One that was settled stays when the assessment no longer calls for it.
    """
    rows = list(case.tasks.all())
    settled = {row.code: row for row in rows if row.code}
    tongue = "en" if language == "en" else "uk"
    shown = [
        _of_playbook(play, row=settled.get(play.code), names=names, tongue=tongue)
        for play in playbook()
        if play.code in settled or play.is_called_for(case)
    ]
    shown += [_own(row, names=names) for row in rows if not row.code]
    return tuple(sorted(shown, key=lambda one: not one.is_open))


@transaction.atomic
def add(case: CaseId, *, text: str, by: Member, now: datetime) -> Task:
    """Add a task in the officer's own words; raises NoTaskText, NoSuchCase."""
    require(by, Permission.CASE_NOTE)
    cleaned = " ".join(text.replace("\x00", "").split())[:LONGEST]
    if not cleaned:
        raise NoTaskText
    row = Task.objects.create(case=locked(case, by=by), text=cleaned, by=str(by.pk), at=now)
    record(Act.TASK_ADDED, actor=by.member_id, subject=f"case {case}", detail={"task": row.pk})
    return row


@dataclass(frozen=True, slots=True)
class Settling:
    """Which task of which case, by the key on the page, and what it becomes."""

    case: CaseId
    key: str
    state: TaskState


@transaction.atomic
def settle(settling: Settling, *, by: Member, now: datetime) -> None:
    """Make a task done, not applicable or open again; raises NoSuchTask, NoSuchCase."""
    require(by, Permission.CASE_NOTE)
    case = locked(settling.case, by=by)
    changed = {"state": settling.state, "by": str(by.pk), "at": now}
    if settling.key.isdecimal():
        if not Task.objects.filter(pk=int(settling.key), case=case, code="").update(**changed):
            raise NoSuchTask
    elif settling.key in {play.code for play in playbook()}:
        Task.objects.update_or_create(case=case, code=settling.key, defaults=changed)
    else:
        raise NoSuchTask
    detail: Json = {"task": settling.key, "state": settling.state.value}
    record(Act.TASK_SETTLED, actor=by.member_id, subject=f"case {case.pk}", detail=detail)


@cache
def playbook() -> tuple[Play, ...]:
    """Return the playbook as it is shipped."""
    read = yaml.safe_load(PLAYBOOK.read_text("utf-8"))["tasks"]
    return tuple(_play(code, given=given) for code, given in read.items())


def _play(code: str, *, given: dict[str, object]) -> Play:
    called: dict[str, list[object]] = given.get("for", {})  # type: ignore[assignment]  # a map in the file
    return Play(
        code=code,
        words={"uk": str(given["uk"]), "en": str(given["en"])},
        signs=frozenset(sign for sign in ("physical", "support", "under18") if called.get(sign)),
        tactics=frozenset(str(one) for one in called.get("tactics", ())),
        stages=frozenset(int(str(one)) for one in called.get("stages", ())),
    )


def _of_playbook(play: Play, *, row: Task | None, names: dict[str, str], tongue: str) -> ShownTask:
    if row is None:
        return ShownTask(play.code, play.words[tongue], TaskState.OPEN)
    return ShownTask(play.code, play.words[tongue], row.state, names.get(row.by, ""), row.at)


def _own(row: Task, *, names: dict[str, str]) -> ShownTask:
    return ShownTask(str(row.pk), row.text, row.state, names.get(row.by, ""), row.at)
