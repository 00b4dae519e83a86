"""The register's pages: tracing alone sees them, names stand in no address and no act."""

from datetime import timedelta

import pytest
from desk_cast import Browse
from django.urls import reverse
from register_cast import Cast

from oberih.audit.models import Entry
from oberih.register.boards import count
from oberih.register.list_models import ListKind
from oberih.register.list_services import Incoming, take
from oberih.register.models import Event, NameForm, Requester, SoughtPerson
from oberih.register.states import EventType, SourceKind
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def page(name: str, **named: str) -> str:
    return reverse(f"desk:{name}", kwargs=named)


def test_tracing_finds_a_person_by_another_script(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")

    shown = browse(register.tracing).post(page("register"), {"name": "Hnatiuk"})

    assert person in shown.content.decode()
    assert "Hnatiuk" not in "".join(one.event or "" for one in Entry.objects.all())


def test_nobody_else_sees_the_register(register: Cast, browse: Browse, lead: Member) -> None:
    person = register.person("Гнатюк", "Остап")
    browser = browse(lead)

    for address in (page("register"), page("register-sources")):
        assert browser.get(address).status_code == 403
    assert browser.get(page("register-person", person=person)).status_code == 403


def test_a_person_is_added_with_a_year_when_the_day_is_01_01(
    register: Cast, browse: Browse
) -> None:
    source = register.source().pk
    told = {"surname": "Гнатюк", "given": "Остап", "role": "name", "category": "civilian"}

    browse(register.tracing).post(
        page("register-new-person"),
        {**told, "role": "main", "born": "01.01.1990", "source": source},
    )

    identity = SoughtPerson.objects.get().identities.get()
    assert (identity.born_on, identity.born_year, identity.born_precision) == (None, 1990, "year")


def test_the_page_says_what_the_status_stands_on(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    event = register.event(person, EventType.CONFIRMED)

    shown = browse(register.tracing).get(page("register-person", person=person)).content.decode()

    assert "у полоні, офіційно підтверджено" in shown
    assert event.source.name in shown
    assert "Офіційного підтвердження ще немає" in shown


def test_a_claim_is_shown_as_a_claim_and_gives_no_status(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    teller = register.source(SourceKind.INTERMEDIARY).pk
    register.event(person, EventType.DIED, source=teller)

    shown = browse(register.tracing).get(page("register-person", person=person)).content.decode()

    assert "ще нічого не підтверджено" in shown
    assert "твердження" in shown


def test_an_event_is_recorded_and_withdrawn_on_the_page(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    source = register.source(SourceKind.RED_CROSS, official=True).pk
    browser, address = browse(register.tracing), page("register-new-event", person=person)
    told = {"source": source, "learned_on": register.now.date().isoformat(), "credibility": "1"}

    browser.post(address, {**told, "type": "died"})
    browser.post(address, {**told, "type": "entry withdrawn", "supersedes": 1})

    assert list(Event.objects.order_by("position").values_list("supersedes", flat=True)) == [
        None,
        1,
    ]
    assert NameForm.objects.count() == 1


def test_no_relative_learns_of_another(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    browser = browse(register.tracing)
    for name in ("Соломія", "Ярина"):
        browser.post(page("register-new-requester", person=person), {"name": name, "kin": "wife"})
    one, other = Requester.objects.order_by("name")

    shown = browser.get(page("register-person", person=person)).content.decode()
    hers = browser.get(page("register-requester", requester=one.pk)).content.decode()

    assert one.name not in shown
    assert one.name in hers
    assert other.name not in hers


def test_a_consent_has_an_end(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    browser = browse(register.tracing)
    browser.post(page("register-new-requester", person=person), {"name": "Соломія", "kin": "wife"})
    address = page("register-requester", requester=Requester.objects.get().pk)
    until = (register.now.date() + timedelta(days=90)).isoformat()

    browser.post(address, {"purpose": "tracing", "scope": "НІБ", "expires_on": until})

    assert until[:4] in browser.get(address).content.decode()


def test_a_list_s_page_leads_from_the_guess_to_what_would_change(
    register: Cast, browse: Browse
) -> None:
    rows = [["Прізвище", "Ім’я"], ["Гнатюк", "Остап"], ["=1+1", "Роман"]]
    today = register.now.date()
    incoming = Incoming(register.source().pk, ListKind.SOUGHT, rows, today)
    issue = take(incoming, by=register.tracing, now=register.now)
    browser, named = browse(register.tracing), {"issue": str(issue.pk)}

    browser.post(page("register-columns", **named), {"column": ["surname", "given"]})
    shown = browser.get(page("register-list", **named)).content.decode()
    browser.post(page("register-take", **named), {"leaves_wrong_rows_out": "on"})

    assert "починається як формула таблиці" in shown
    assert "Внесено 1 рядок." in browser.get(page("register-list", **named)).content.decode()
    assert NameForm.objects.filter(surname="Гнатюк").count() == 1


def test_a_list_of_nothing_is_refused_in_a_sentence(register: Cast, browse: Browse) -> None:
    told = {"source": register.source().pk, "kind": "sought", "issued_on": "2026-01-02"}

    shown = browse(register.tracing).post(page("register-lists"), told)

    assert shown.status_code == 400
    assert "або вставте таблицю" in shown.content.decode()


def test_the_overdue_board_names_article_or_policy(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    long_ago = register.now.date() - timedelta(days=40)
    for kind in (EventType.CAPTURED, EventType.ARRIVED_CAMP):
        register.event(person, kind, occurred_to=long_ago, place="СІЗО-2")
    count(now=register.now)
    browser = browse(register.tracing)

    board = browser.get(page("register-overdue"), {"by": "place"}).content.decode()
    own = browser.get(page("register-person", person=person)).content.decode()

    for shown in (board, own):
        assert "ст. 70 Женевської конвенції III" in shown
        assert "наше правило, не закон" in shown
    assert "СІЗО-2: <b>2</b>" in board


def test_a_grouping_that_is_none_shows_the_rules(register: Cast, browse: Browse) -> None:
    shown = browse(register.tracing).get(page("register-overdue"), {"by": "'--"})

    assert shown.status_code == 200


def test_what_does_not_fit_says_what_to_do(register: Cast, browse: Browse) -> None:
    person = register.person("Гнатюк", "Остап")
    register.event(person, EventType.CONFIRMED)

    shown = browse(register.tracing).get(page("register-person", person=person)).content.decode()

    assert "немає відомостей, що родині повідомили" in shown
    assert "доки він не повідомить родину, нічого не кажіть" in shown
