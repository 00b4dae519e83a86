"""Lists taken into the register: whole or not at all, twice is once, interrupted goes on."""

import os

import pytest
from django.db import transaction
from register_cast import Cast

from oberih.desk.register.list_page import list_page, wrong_rows
from oberih.register import list_applying, list_services
from oberih.register.finding import find
from oberih.register.list_applying import Seen
from oberih.register.list_columns import Column
from oberih.register.list_models import IssueState, ListIssue, ListKind
from oberih.register.models import ListEntry, NameForm, SoughtPerson
from oberih.register.refusals import (
    AlreadyRead,
    AnotherWaits,
    ColumnTwice,
    NoNameColumn,
    NotThisFar,
    RowsWrong,
)
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HEADINGS = ["Прізвище", "Ім’я", "Дата народження", "Місце"]
OSTAP = ["Гнатюк", "Остап", "07.05.1990", "СІЗО-2"]
ROMAN = ["Вербицький", "Роман", "01.02.1991", ""]
ALL = Seen(leaves_wrong_rows_out=True, vanishing_is_right=True)
NOTHING = Seen(leaves_wrong_rows_out=False, vanishing_is_right=False)


class Lists:
    """One source's lists."""

    def __init__(self, cast: Cast, kind: ListKind = ListKind.SOUGHT) -> None:
        self.cast, self.kind, self.source = cast, kind, cast.source().pk

    def read(self, *rows: list[str]) -> ListIssue:
        incoming = list_services.Incoming(
            self.source, self.kind, [HEADINGS, *rows], self.cast.now.date()
        )
        return list_services.take(incoming, by=self.cast.tracing, now=self.cast.now)

    def confirm(self, issue: ListIssue) -> None:
        columns = [Column(one) for one in issue.columns]
        list_services.confirm(issue.pk, columns=columns, by=self.cast.tracing)

    def begin(self, issue: ListIssue, *, seen: Seen = NOTHING) -> ListIssue:
        return list_applying.begin(issue.pk, seen=seen, by=self.cast.tracing)

    def take_in(self, *rows: list[str], seen: Seen = NOTHING) -> ListIssue:
        issue = self.read(*rows)
        self.confirm(issue)
        begun = self.begin(issue, seen=seen)
        while not list_applying.go_on(begun, now=self.cast.now, entropy=os.urandom):
            pass
        return ListIssue.objects.get(pk=issue.pk)


@pytest.fixture
def lists(register: Cast) -> Lists:
    return Lists(register)


def test_nothing_changes_before_a_person_confirmed(lists: Lists) -> None:
    issue = lists.read(OSTAP, ROMAN)

    with pytest.raises(NotThisFar):
        lists.begin(issue)
    assert SoughtPerson.objects.count() == 0


def test_a_list_makes_people_who_can_be_found(lists: Lists) -> None:
    issue = lists.take_in(OSTAP, ROMAN)

    assert (issue.state, issue.applied) == (IssueState.DONE, 2)
    assert [one.spellings for one in find("Hnatiuk")] == [("Гнатюк Остап",)]
    assert issue.staged.count() == 0


def test_the_same_list_twice_changes_nothing(lists: Lists) -> None:
    lists.take_in(OSTAP, ROMAN)

    with pytest.raises(AlreadyRead):
        lists.read(OSTAP, ROMAN)
    assert SoughtPerson.objects.count() == 2


def test_a_second_issue_adds_only_who_is_new(lists: Lists) -> None:
    lists.take_in(OSTAP, ROMAN)

    lists.take_in(OSTAP, [*ROMAN[:3], "Таганрог"], ["Лісовий", "Іван", "", ""])

    assert SoughtPerson.objects.count() == 3
    assert ListEntry.objects.filter(person__isnull=True).count() == 0


def test_the_preview_tells_what_appeared_vanished_and_changed(lists: Lists) -> None:
    lists.take_in(OSTAP, ROMAN)
    issue = lists.read([*OSTAP[:3], "Таганрог"], ["Лісовий", "Іван", "", ""])
    lists.confirm(issue)

    page = list_page(issue.pk, by=lists.cast.tracing)

    assert page.appeared == ("Лісовий Іван",)
    assert page.vanished == ("Вербицький Роман 01.02.1991",)
    assert page.changed == ("Гнатюк Остап 07.05.1990",)


def test_a_list_that_drops_half_its_rows_needs_a_yes(lists: Lists) -> None:
    lists.take_in(OSTAP, ROMAN)
    issue = lists.read(OSTAP)
    lists.confirm(issue)

    with pytest.raises(RowsWrong):
        lists.begin(issue)
    assert lists.begin(issue, seen=ALL).state == IssueState.APPLYING


def test_wrong_rows_are_corrected_in_a_file_and_brought_back(lists: Lists) -> None:
    issue = lists.read(OSTAP, ["Лісовий", "Іван", "учора", ""], ["=1+1", "Роман", "", ""])
    lists.confirm(issue)
    with pytest.raises(RowsWrong):
        lists.begin(issue)

    text = wrong_rows(issue.pk, by=lists.cast.tracing)
    rows = [["3", "Лісовий", "Іван", "1990", ""], ["4", "Тихий", "Роман", "", ""]]
    corrected = list_services.correct(issue.pk, rows=rows, by=lists.cast.tracing)

    assert "'=1+1" in text
    assert corrected == 2
    assert lists.begin(issue).rows == 3


def test_a_row_that_stands_twice_is_wrong(lists: Lists) -> None:
    issue = lists.read(OSTAP, OSTAP)
    lists.confirm(issue)

    assert [one.why for one in list_page(issue.pk, by=lists.cast.tracing).wrong]
    assert issue.staged.exclude(fault="").count() == 1


def test_what_was_interrupted_goes_on_where_it_was(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_applying, "BATCH", 1)
    issue = lists.read(OSTAP, ROMAN)
    lists.confirm(issue)
    begun = lists.begin(issue)
    with transaction.atomic():
        list_applying.go_on(begun, now=lists.cast.now, entropy=os.urandom)
        transaction.set_rollback(True)  # the machine lost its power here

    for _turn in range(4):
        list_applying.go_on_with_all(now=lists.cast.now, entropy=os.urandom)

    assert ListIssue.objects.get().state == IssueState.DONE
    assert (SoughtPerson.objects.count(), ListEntry.objects.count()) == (2, 2)


def test_columns_are_remembered_by_source(lists: Lists) -> None:
    issue = lists.read(OSTAP)
    said = [Column.SURNAME, Column.GIVEN, Column.BORN, Column.UNIT]
    list_services.confirm(issue.pk, columns=said, by=lists.cast.tracing)
    list_services.drop(issue.pk, by=lists.cast.tracing)

    assert lists.read(ROMAN).columns == said


def test_columns_that_say_no_name_or_the_same_twice_are_refused(lists: Lists) -> None:
    issue = lists.read(OSTAP)

    with pytest.raises(NoNameColumn):
        list_services.confirm(issue.pk, columns=[Column.BORN], by=lists.cast.tracing)
    twice = [Column.NAME, Column.NAME]
    with pytest.raises(ColumnTwice):
        list_services.confirm(issue.pk, columns=twice, by=lists.cast.tracing)


def test_one_list_of_a_source_waits_at_a_time(lists: Lists) -> None:
    lists.read(OSTAP)

    with pytest.raises(AnotherWaits), transaction.atomic():
        lists.read(ROMAN)


def test_a_list_of_a_source_makes_no_people_and_no_events(register: Cast) -> None:
    lists = Lists(register, ListKind.LISTED)

    lists.take_in(OSTAP, ROMAN)

    assert ListEntry.objects.count() == 2
    assert SoughtPerson.objects.count() == 0
    assert NameForm.objects.count() == 0


def test_an_officer_reads_no_list(lists: Lists, officer: Member) -> None:
    incoming = list_services.Incoming(lists.source, lists.kind, [OSTAP], lists.cast.now.date())

    with pytest.raises(NotPermitted):
        list_services.take(incoming, by=officer, now=lists.cast.now)
