"""The second reader reads, after the filing, what the engine alone found nothing loud in."""

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import pytest
from desk_cast import Browse, Desk, Family
from django.apps import apps

from oberih.audit.selectors import newest_events
from oberih.check.engine import assess
from oberih.check.features import Scores
from oberih.check.normalise import Tables
from oberih.check.rules import Rules
from oberih.check.second import artefact
from oberih.check.second.artefact import MOST_MESSAGES, rules_with_second
from oberih.check.values import Conversation, Message
from oberih.core import time
from oberih.desk.casework import mergers
from oberih.desk.models import Case, ReadBy
from oberih.desk.models import Message as FiledMessage
from oberih.desk.second_reading import Allowed, take_turn
from oberih.desk.states import CaseId
from oberih.desk.urgency import Urgency
from oberih.desk.working import acts
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

UNUSUAL = (
    "Фото моста с охраной, и сегодня же. Иначе свидания не будет",
    "They promised her an exchange if the communications tower near her village stopped working.",
    "У вас ще молодша є, Соломія. Гарна дівчинка, до школи ходить сама",
)
"""Demands that the engine alone does not know (second-hand/test, the development set)."""

OF_OFFICES = (
    "Петрик питає, коли тато повернеться, що сказати?",
    "Дайджест: обмін у вівторок, санкції, вирок за держзраду, погода.",
    "Папа в командировке на три дня, связь будет плохая",
)
"""Harmless lines in which only the engine alone sees an official claim (the same)."""

HARMLESS = "Доброго ранку, хліб уже привезли"
ONE_A_TURN = Allowed(seconds=0)


def bands(*texts: str) -> tuple[str, str]:
    """Return what the engine alone answers, and what both readers do."""
    said = Conversation(tuple(Message("them", text) for text in texts))
    alone, both = (assess(said, answers={}, rules=one) for one in (None, rules_with_second()))
    return alone.band.value, both.band.value


DEMAND = next(text for text in UNUSUAL if bands(text) == bands(HARMLESS, text) == ("none", "stop"))
QUIETER = next(text for text in OF_OFFICES if bands(text) == ("verify", "none"))


@dataclass
class Interrupted:
    """A second reader during whose first reading something happens on the desk."""

    happens: Callable[[], object]
    has_happened: bool = False

    def moved(self, scores: Scores, *, text: str, tables: Tables) -> Scores:
        if not self.has_happened:
            self.has_happened = True
            self.happens()
        return artefact.load().moved(scores, text=text, tables=tables)

    def told(self, score: int, *, texts: Sequence[str], tables: Tables) -> int:
        return artefact.load().told(score, texts=texts, tables=tables)

    def rules(self, _: Conversation) -> Rules:
        return replace(rules_with_second(), second=self)


def damaged(_: Conversation) -> Rules:
    """Read a file that is cut short."""
    return replace(rules_with_second(), second=artefact.read(artefact.LARGE.read_bytes()[:-1]))


def stumble() -> None:
    raise ValueError(DEMAND)


@pytest.fixture
def case(desk: Desk, olha: Family) -> Callable[[], Case]:
    """Return a function that gives the one case as it stands, after a demand in unusual words."""
    olha.send(DEMAND)
    desk.turn()
    return Case.objects.get


def filed(text: str, *, desk: Desk, by: Family) -> Case:
    by.send(text)
    desk.turn()
    return Case.objects.get()


@pytest.fixture
def shown(browse: Browse, officer: Member) -> Callable[..., str]:
    """Return a function that gives the page of a case in a language."""

    def page(case: Case, *, language: str = "uk") -> str:
        Member.objects.filter(pk=officer.pk).update(language=language)
        return str(browse(officer).get(f"/cases/{case.pk}/").content.decode())

    return page


def test_a_demand_in_unusual_words_is_raised_by_the_next_round(case: Callable[[], Case]) -> None:
    before = case()

    take_turn()

    after = case()
    assert (before.band, before.urgency) == ("none", Urgency.ROUTINE)
    assert (after.band, after.urgency) == ("stop", Urgency.URGENT)
    assert after.route == "coercion"
    assert after.tactics
    assert after.assessment["spans"]
    assert after.version == before.version + 1


def test_what_is_harmless_stays_and_is_not_read_again(desk: Desk, olha: Family) -> None:
    before = filed(HARMLESS, desk=desk, by=olha)

    assert take_turn() == 1
    assert take_turn() == 0
    after = Case.objects.get()
    assert (after.band, after.urgency, after.version) == ("none", before.urgency, before.version)


def test_a_quieter_second_answer_changes_nothing(desk: Desk, olha: Family) -> None:
    filed(QUIETER, desk=desk, by=olha)

    take_turn()

    case = Case.objects.get()
    assert (case.band, case.urgency, case.waits_for_second) == ("verify", Urgency.TODAY, False)


def test_what_the_engine_stops_alone_waits_for_nobody(desk: Desk, olha: Family) -> None:
    filed("Підпаліть військову машину, інакше вашого сина битимуть", desk=desk, by=olha)

    assert take_turn() == 0


def test_a_new_message_makes_it_wait_again(desk: Desk, olha: Family) -> None:
    filed(HARMLESS, desk=desk, by=olha)
    take_turn()

    assert filed(DEMAND, desk=desk, by=olha).waits_for_second
    take_turn()
    assert Case.objects.get().band == "stop"


def test_what_both_raised_does_not_sink_while_a_new_message_waits(
    case: Callable[[], Case], desk: Desk, olha: Family
) -> None:
    take_turn()

    waiting = filed(HARMLESS, desk=desk, by=olha)
    assert (waiting.band, waiting.urgency) == ("stop", Urgency.URGENT)
    assert take_turn() == 1
    assert len(case().assessment["places"]) == 2
    assert case().band == "stop"
    assert not case().waits_for_second


def test_what_is_filed_meanwhile_is_not_overwritten(
    case: Callable[[], Case], desk: Desk, olha: Family
) -> None:
    despair = Interrupted(lambda: filed("Я більше не хочу жити", desk=desk, by=olha))

    take_turn(load=despair.rules)

    assert despair.has_happened
    assert (case().band, case().support, case().waits_for_second) == ("none", True, True)
    take_turn()
    assert (case().band, case().support, case().urgency) == ("stop", True, Urgency.NOW)


def test_two_workers_raise_a_case_once(case: Callable[[], Case]) -> None:
    other = Interrupted(take_turn)

    take_turn(load=other.rules)

    assert case().band == "stop"
    assert case().version == 2
    told = [one.fields["act"] for one in newest_events() if one.fields]
    assert told.count("case.raised") == 1


def test_what_there_was_no_time_for_is_read_in_the_next_round(
    desk: Desk, family: Callable[[], Family]
) -> None:
    for _ in range(3):
        family().send(DEMAND)
    desk.turn()

    assert [take_turn(allowed=ONE_A_TURN) for _ in range(4)] == [1, 1, 1, 0]
    assert set(Case.objects.values_list("band", flat=True)) == {"stop"}


def test_the_most_urgent_is_read_first_then_the_oldest(
    desk: Desk, family: Callable[[], Family]
) -> None:
    for text in (HARMLESS, HARMLESS, QUIETER):
        family().send(text)
        desk.turn()
        desk.later(minutes=1)
    order = list(Case.objects.order_by("urgency", "filed_at").values_list("pk", flat=True))

    take_turn(allowed=ONE_A_TURN)
    first = set(Case.objects.filter(waits_for_second=True).values_list("pk", flat=True))
    take_turn(allowed=ONE_A_TURN)
    second = set(Case.objects.filter(waits_for_second=True).values_list("pk", flat=True))

    assert (first, second) == (set(order[1:]), set(order[2:]))


def test_a_damaged_file_is_told_once_and_everything_goes_on_waiting(
    case: Callable[[], Case], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    assert [take_turn(load=damaged) for _ in range(3)] == [0, 0, 0]
    assert caplog.messages == ["The second reader cannot read: UnknownReader"]
    assert case().waits_for_second


def test_a_text_that_breaks_a_reader_costs_only_its_own_reading(
    desk: Desk, family: Callable[[], Family], caplog: pytest.LogCaptureFixture
) -> None:
    for text in (DEMAND, DEMAND):
        family().send(text)
    desk.turn()
    caplog.set_level(logging.WARNING)

    assert take_turn(load=Interrupted(stumble).rules) == 2
    assert caplog.messages == ["The second reader left a case to the engine: ValueError"]
    assert sorted(Case.objects.values_list("band", flat=True)) == ["none", "stop"]
    assert take_turn() == 0


def test_a_very_long_chat_is_left_to_the_engine(case: Callable[[], Case]) -> None:
    line = {"from": "them", "at": "", "text": "так"}
    FiledMessage.objects.update(chat=[line] * MOST_MESSAGES)

    assert take_turn() == 1
    assert (case().band, case().waits_for_second) == ("none", False)


def test_another_check_reads_again_what_an_earlier_one_found_nothing_in(
    desk: Desk, family: Callable[[], Family]
) -> None:
    for text in (DEMAND, "Підпаліть військову машину, інакше вашого сина битимуть", HARMLESS):
        family().send(text)
    desk.turn()
    Case.objects.update(waits_for_second=False)
    ReadBy.objects.update_or_create(id=1, defaults={"digest": "of an earlier one"})

    assert [take_turn(allowed=ONE_A_TURN) for _ in range(3)] == [1, 1, 0]
    assert sorted(Case.objects.values_list("band", flat=True)) == ["none", "stop", "stop"]


def test_another_check_leaves_what_a_person_closed(
    case: Callable[[], Case], officer: Member
) -> None:
    Case.objects.update(waits_for_second=False)
    acts.close(acts.Chosen((case().pk,)), by=officer, now=time.now())

    assert take_turn() == 0
    assert not case().waits_for_second


def test_a_closed_case_waits_until_it_is_opened_again(
    case: Callable[[], Case], officer: Member
) -> None:
    acts.close(acts.Chosen((case().pk,)), by=officer, now=time.now())

    assert take_turn() == 0
    acts.reopen(acts.Chosen((case().pk,)), by=officer, now=time.now())
    assert take_turn() == 1


def test_a_merged_case_raises_the_one_it_is_worked_on_in(
    case: Callable[[], Case], desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    demand = case().pk
    family(), family().send(HARMLESS)
    desk.turn()
    main = Case.objects.exclude(pk=demand).get()
    mergers.merge(CaseId(demand), into=CaseId(main.pk), by=officer, now=time.now())

    take_turn()

    main.refresh_from_db()
    assert (main.band, main.urgency) == ("none", Urgency.URGENT)


def test_a_round_asks_the_database_a_bounded_number_of_times(
    desk: Desk, family: Callable[[], Family], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for text in (HARMLESS, HARMLESS, DEMAND, DEMAND):
        family().send(text)
    desk.turn()

    with django_assert_max_num_queries(2 + 9 + 2 * 6 + 2 * 10):
        take_turn()
    with django_assert_max_num_queries(2):
        take_turn()


def test_the_page_says_who_raised_it_and_the_acts_too(
    case: Callable[[], Case], shown: Callable[..., str]
) -> None:
    take_turn()

    ukrainian, english = shown(case()), shown(case(), language="en")

    assert "Оцінку підняв другий читач (програма)" in ukrainian
    assert "другий читач підняв оцінку справи" in ukrainian
    assert "raised this: the first one alone answered “No known sign”." in english
    assert "safe" not in english.lower().replace("safeguarding", "")


def test_the_page_says_whether_both_have_read_it(
    desk: Desk, olha: Family, shown: Callable[..., str]
) -> None:
    case = filed(HARMLESS, desk=desk, by=olha)

    before = shown(case)
    take_turn()
    after = shown(case)

    assert "ще не прочитав" in before
    assert "теж прочитав" in after
    assert "ще не прочитав" not in after


def test_the_worker_multiplies_on_one_thread() -> None:
    program = (
        "import os, sys; from oberih.cli import process; "
        "os.environ.update(process.ENTRIES['worker'].environment); "
        "print('numpy' in sys.modules, os.environ['OPENBLAS_NUM_THREADS'])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)  # noqa: S603  # our own command

    assert done.stdout == b"False 1\n"


def test_the_migration_lets_open_quiet_cases_wait_and_no_others() -> None:
    states = [("new", "none"), ("waiting", "verify"), ("new", "stop"), ("closed", "none")]
    for number, (state, band) in enumerate(states):
        Case.objects.create(id=f"CASE-{number:04}", filed_at=time.now(), state=state, band=band)
    migration = import_module("oberih.desk.migrations.0009_second_reading")

    migration.let_open_ones_wait(apps, None)

    waiting = Case.objects.filter(waits_for_second=True).values_list("pk", flat=True)
    assert sorted(waiting) == ["CASE-0000", "CASE-0001"]
