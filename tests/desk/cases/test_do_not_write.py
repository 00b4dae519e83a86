"""Not alone, "do not write": they hold for every act of the desk that could reach a family."""

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from desk_cast import Browse, Desk, Family
from django.utils import timezone

import oberih
from oberih.core import time
from oberih.desk import services
from oberih.desk.casework import reminders, tasks
from oberih.desk.casework.models import TaskState
from oberih.desk.casework.tasks import Settling
from oberih.desk.models import Case, Conversation, Reply
from oberih.desk.services import NotAlone
from oberih.desk.states import CaseId
from oberih.desk.working import acts
from oberih.desk.working.acts import Chosen
from oberih.staff.models import Member

SOURCE = Path(oberih.__file__).parent
WRITERS = {"desk/services.py", "desk/filing.py", "desk/sealed_alerts.py"}
"""The only files that put something for a family into the queue; each asks first."""

Act = Callable[[CaseId, Member], object]
TOMORROW = timezone.localtime() + timedelta(days=1)
INTERNAL: dict[str, Act] = {
    "assign": lambda case, by: acts.assign(Chosen((case,)), to=by, by=by, now=time.now()),
    "close": lambda case, by: acts.close(Chosen((case,)), by=by, now=time.now()),
    "reopen": lambda case, by: acts.reopen(Chosen((case,)), by=by, now=time.now()),
    "undo": lambda case, by: _undone(case, by=by),
    "note": lambda case, by: services.note(case, text="нотатка", by=by, now=time.now()),
    "task": lambda case, by: tasks.settle(
        Settling(case, "read-all", TaskState.DONE), by=by, now=time.now()
    ),
    "reminder": lambda case, by: _reminded(case, by=by),
}
REPLIES: dict[str, Act] = {
    "reply": lambda case, by: services.reply(case, text="Ми з вами", by=by, now=time.now()),
    "template": lambda case, by: services.reply(case, text="Добрий день.", by=by, now=time.now()),
}


def _undone(case: CaseId, *, by: Member) -> None:
    acts.close(Chosen((case,)), by=by, now=time.now())
    acts.undo(by=by, now=time.now())


def _reminded(case: CaseId, *, by: Member) -> None:
    reminders.remind(case, on=TOMORROW.date(), reason="Як вони там?", by=by)
    reminders.bring_back(now=TOMORROW + timedelta(days=1))


@pytest.fixture
def silent(desk: Desk, olha: Family) -> CaseId:
    """Return the case of somebody who wrote and then asked not to be written to."""
    olha.send("Пишуть незнайомці")
    desk.turn()
    olha.send("Я не сама", not_alone=True)
    desk.turn()
    return CaseId(Case.objects.get().pk)


@pytest.fixture
def inbox(desk: Desk, olha: Family) -> Callable[[], int]:
    """Return a function that lets three days pass and counts what reached her."""

    def count() -> int:
        desk.later(days=3)
        desk.turn()
        return len(olha.inbox())

    return count


def test_only_these_files_can_put_anything_into_the_queue() -> None:
    writers = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and _makes_replies(path.read_text())
    }

    assert writers == WRITERS


def _makes_replies(source: str) -> bool:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    made = (ast.unparse(call.func) for call in calls)
    return any(
        name == "Reply" or (name.startswith("Reply.objects.") and "create" in name) for name in made
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", INTERNAL)
def test_no_act_inside_the_desk_writes_to_who_is_not_alone(
    inbox: Callable[[], int], silent: CaseId, officer: Member, name: str
) -> None:
    before = inbox()

    INTERNAL[name](silent, officer)

    assert inbox() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", REPLIES)
def test_every_reply_to_who_is_not_alone_is_refused(
    inbox: Callable[[], int], silent: CaseId, officer: Member, name: str
) -> None:
    before = inbox()

    with pytest.raises(NotAlone):
        REPLIES[name](silent, officer)

    assert inbox() == before


@pytest.mark.django_db
def test_who_is_not_alone_gets_no_receipt_either(
    olha: Family, inbox: Callable[[], int], silent: CaseId
) -> None:
    before = inbox()

    olha.send("Ще одне, і досі не сама", not_alone=True)

    assert inbox() == before
    assert not Conversation.objects.get(case=silent).may_be_written


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["reply", "status", "received"])
def test_whatever_any_part_of_the_desk_queued_is_asked_again_before_it_is_sealed(
    inbox: Callable[[], int], silent: CaseId, kind: str
) -> None:
    before, now = inbox(), time.now()
    conversation = Conversation.objects.get(case=silent)
    Reply.objects.create(conversation=conversation, kind=kind, text="x", written_at=now, due_at=now)

    assert inbox() == before
    assert Reply.objects.get(kind=kind, text="x").state == "withdrawn"


@pytest.mark.django_db
def test_what_waited_when_she_asked_is_withdrawn(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send("Пишуть незнайомці")
    desk.turn()
    case = CaseId(Case.objects.get().pk)
    services.reply(case, text="Вже в дорозі", by=officer, now=desk.now)

    Conversation.objects.update(is_alone=False)
    desk.later(seconds=11)
    desk.turn()

    assert olha.answers() == []


@pytest.mark.django_db
def test_what_waited_when_the_words_were_read_out_is_withdrawn(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send("Пишуть незнайомці")
    desk.turn()
    case = CaseId(Case.objects.get().pk)
    services.reply(case, text="Особисте", by=officer, now=desk.now)

    services.require_new_words(case, by=officer)
    desk.later(seconds=11)
    desk.turn()

    assert olha.answers() == []
    assert Reply.objects.get(kind="reply").state == "withdrawn"


@pytest.mark.django_db
def test_the_page_offers_neither_field_nor_templates_for_who_is_not_alone(
    silent: CaseId, officer: Member, browse: Browse
) -> None:
    page = browse(officer).get(f"/cases/{silent}/").content.decode()

    assert 'id="reply-text"' not in page
    assert "data-template" not in page
