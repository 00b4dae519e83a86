"""Promises of the search: any form of a word, any spelling of a number, the newest first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from desk_cast import Desk, Family
from django.db import connection

from oberih.desk import selectors, services
from oberih.desk.models import Case, SearchDocument
from oberih.desk.search import index
from oberih.desk.search.stems import stem
from oberih.desk.selectors import View
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SAME = [
    "завдання завданнями завдань завданню",
    "дзвінок дзвінка дзвінки дзвінків",
    "фотографувати фотографували фотографую фотографія",
    "чоловік чоловіка чоловіком чоловікові чоловіки",
    "полонений полоненого полонених полоненому",
    "рука руці руки рук руками",
    "машина машину машини машин машиною",
    "вокзал вокзалу вокзалі вокзали вокзалів",
    "вагітна вагітної вагітну",
    "задание задания заданий заданием",
    "военный военного военную военные",
    "звонили звонил звонить",
    "calls calling called call",
    "parcel parcels",
]
DIFFERENT = [("чоловік", "частина"), ("машина", "мати"), ("обмін", "обман"), ("call", "card")]


def found(search: str, *, by: Member, desk: Desk, view: str = "all") -> list[str]:
    rows = selectors.queue(View(view, search), by=by, now=desk.now).rows
    return [row.case.pk for row in rows]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word_share_their_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "search",
    ["машина", "МАШИНИ", "військову машину", "вокзалом", "передати листи", "машин", "вокзал лист"],
)
def test_a_case_is_found_by_any_form_of_its_words(
    desk: Desk, olha: Family, officer: Member, search: str
) -> None:
    olha.send("Просять сфотографувати військову машину біля вокзалу, тоді передадуть листа")
    desk.turn()

    assert found(search, by=officer, desk=desk) == [Case.objects.get().pk]


@pytest.mark.parametrize(
    "search",
    ["+380500000001", "050 000 00 01", "8 050 000-00-01", "000 00 01", "0001", "тел 0500000001"],
)
def test_a_number_is_found_in_any_spelling_and_by_its_end(
    desk: Desk, olha: Family, officer: Member, search: str
) -> None:
    olha.send("Мій тел: пишуть із (050) 000 00 01")
    desk.turn()

    assert found(search, by=officer, desk=desk) == [Case.objects.get().pk]


def test_every_word_must_be_there(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send("Просять грошей на лікарню")
    desk.turn()

    assert found("гроші", by=officer, desk=desk) == [Case.objects.get().pk]
    assert found("гроші вокзал", by=officer, desk=desk) == []


def test_the_newest_comes_first_however_often_the_word_stands(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    for text in ("вокзал вокзал вокзал", "вокзал", "вокзал і ще багато інших слів про вокзали"):
        family().send(text)
        desk.turn()
        desk.later(minutes=1)

    ordered = list(Case.objects.order_by("-filed_at").values_list("pk", flat=True))
    assert found("вокзал", by=officer, desk=desk) == ordered


def test_notes_and_later_messages_are_found_too(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send("Перше")
    olha.send("Друге про міст")
    desk.turn()
    case = Case.objects.get()
    services.note(case.pk, text="Подзвонити лікареві", by=officer, now=desk.now)

    hits = [found(word, by=officer, desk=desk) for word in ("перше", "мостів міст", "лікарі")]
    assert hits == [[case.pk], [], [case.pk]]


@pytest.mark.parametrize("search", ['"', "'", "*", "a OR b", "x:y", "()", "\\", "_tdesk", "%", "-"])
def test_odd_searches_find_nothing_and_break_nothing(
    desk: Desk, olha: Family, officer: Member, search: str
) -> None:
    olha.send("Слова родини")
    desk.turn()

    assert found(search, by=officer, desk=desk) == []


def test_a_case_is_found_by_its_own_number(desk: Desk, olha: Family, officer: Member) -> None:
    olha.send("Слова")
    desk.turn()
    key = Case.objects.get().pk

    typed = (key, key.lower(), key.replace("-", " "), key[:4])
    assert [found(one, by=officer, desk=desk) for one in typed] == [[key]] * 4


def test_the_words_of_an_erased_case_are_gone_from_the_index(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send("Неповторнеслово")
    desk.turn()

    Case.objects.all().delete()

    assert found("неповторнеслово", by=officer, desk=desk) == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM desk_words WHERE desk_words MATCH 'неповторнеслов'"
            )
            assert cursor.fetchone() == (0,)


def test_cases_without_words_are_folded_later_by_the_worker(
    desk: Desk, olha: Family, officer: Member
) -> None:
    olha.send("Просять підпалити шафу, +380 50 000 00 01")
    desk.turn()
    SearchDocument.objects.all().delete()

    assert index.catch_up() == 1

    hits = [found(one, by=officer, desk=desk) for one in ("шафа", "0500000001")]
    assert hits == [[Case.objects.get().pk]] * 2


def test_an_owner_outside_the_team_finds_the_case_and_its_team_does(
    desk: Desk, olha: Family, officer: Member, lead: Member
) -> None:
    olha.send("Слово вокзал")
    desk.turn()
    Case.objects.update(owner=str(officer.pk), team="north")
    index.replace_all(Case.objects.get())

    assert found("вокзал", by=officer, desk=desk) == [Case.objects.get().pk]
    assert found("вокзал", by=lead, desk=desk) == []


def test_a_page_of_the_queue_asks_the_database_a_bounded_number_of_times(
    desk: Desk, family: Callable[[], Family], officer: Member,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    for _ in range(12):
        family().send("Просять підпалити шафу, +380 50 000 00 01")
    desk.turn()
    by = Member.objects.get(pk=officer.pk)

    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        rows = selectors.queue(View("open"), by=by, now=desk.now + timedelta(1)).rows
    with django_assert_max_num_queries(19):  # type: ignore[attr-defined]
        hits = selectors.queue(View("all", "шафа"), by=by, now=desk.now).rows

    assert (len(rows), len(hits)) == (12, 12)
