"""Fills the demo's register once: invented people, sources, events, a list of one source."""

import os
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from oberih.register import events, list_applying, list_services, services
from oberih.register.births import birth_of
from oberih.register.erasure_models import Ground
from oberih.register.erasures import ErasureWish, ask_erasure
from oberih.register.events import Happening
from oberih.register.exchange_states import Purpose
from oberih.register.list_columns import Column
from oberih.register.list_models import ListKind
from oberih.register.models import Requester, SoughtPerson
from oberih.register.states import Category, EventType, PersonId, SourceKind
from oberih.register.values import Agreed, Marks, Sought, SourceWords, Spelling
from oberih.register.witnesses import WitnessWords, keep_witness
from oberih.staff.models import Member

Told = tuple[str, EventType, int, str]
"""A source's first word, what happened, how many days ago, where."""

SOURCES = {
    "ЦАР": SourceWords("ЦАР МКЧХ (приклад)", SourceKind.RED_CROSS, "A", 1, is_official=True),
    "НІБ": SourceWords("НІБ (приклад)", SourceKind.BUREAU, "A", 1, is_official=True),
    "родини": SourceWords("Анкети родин", SourceKind.FAMILY, "B", 2),
    "звільнені": SourceWords("Звільнені з полону", SourceKind.WITNESS, "B", 3),
    "посередник": SourceWords("«Сергій», месенджер", SourceKind.INTERMEDIARY, "E", 5),
}
PEOPLE: tuple[tuple[str, str, str, str, Category, tuple[Told, ...]], ...] = (
    (
        "Гнатюк", "Остап", "Богданович", "07.05.1990", Category.PRISONER,
        (
            ("родини", EventType.REPORTED_MISSING, 400, "Маріуполь"),
            ("ЦАР", EventType.CONFIRMED, 300, ""),
            ("НІБ", EventType.FAMILY_NOTIFIED, 298, ""),
            ("звільнені", EventType.TRANSFERRED, 60, "СІЗО-2"),
            ("посередник", EventType.DIED, 12, ""),
        ),
    ),
    (
        "Вербицький", "Роман", "Петрович", "01.01.1987", Category.PRISONER,
        (
            ("родини", EventType.REPORTED_MISSING, 130, "Вугледар"),
            ("звільнені", EventType.SEEN, 40, "СІЗО-2"),
        ),
    ),
    (
        "Лісова", "Дарина", "Іванівна", "12.11.1979", Category.CIVILIAN,
        (("родини", EventType.DETAINED, 45, "Енергодар"),),
    ),
    (
        "Тихий", "Матвій", "", "1994", Category.UNKNOWN,
        (("НІБ", EventType.EXCHANGED, 20, ""), ("НІБ", EventType.FAMILY_NOTIFIED, 20, "")),
    ),
)  # fmt: skip
LIST = (
    ("№", "Фамилия", "Имя", "Отчество", "Дата рождения", "Место"),
    ("1", "Гнатюк", "Остап", "Богданович", "07.05.1990", "СИЗО-2"),
    ("2", "Вербицкий", "Роман", "Петрович", "01.01.1987", "СИЗО-2"),
    ("3", "Ковальчук", "Андрей", "", "вчера", "ИК-10"),
)

LINKED = (
    ("Прізвище", "Ім'я", "По батькові", "Дата народження", "Підрозділ"),
    ("Hnatiuk", "Ostap", "Bohdanovych", "07.05.1990", ""),
    ("Вербицкий", "Рома", "", "1987", ""),
    ("Вербицька", "Олена", "Петрівна", "12.03.1991", ""),
    ("Lisova", "Daryna", "", "11.12.1979", ""),
    ("Тихий", "Матвей", "", "", ""),
)


def fill_register_once(*, by: Member, now: datetime) -> None:
    """Add the invented people, once."""
    if SoughtPerson.objects.exists():
        return
    ids = {name: services.add_source(words, by=by).pk for name, words in SOURCES.items()}
    for surname, given, patronymic, born, category, told in PEOPLE:
        birth = birth_of(born)
        sought = Sought(
            source=ids["родини"],
            spelling=Spelling(surname, given, patronymic),
            category=category,
            marks=Marks(born_on=birth.day, born_year=birth.year),
        )
        made = services.add_person(sought, by=by, now=now, entropy=os.urandom)
        for one in told:
            events.add(_told(PersonId(made.pk), one, ids=ids, now=now), by=by, now=now)
    _ask(by=by, now=now)
    _leave_a_list(ids["ЦАР"], by=by, now=now)
    _link_a_list(ids["звільнені"], by=by, now=now)
    _keep_a_witness(by=by, now=now)
    _ask_to_erase(by=by, now=now)


def _told(person: PersonId, one: Told, *, ids: dict[str, int], now: datetime) -> Happening:
    source, kind, days, place = one
    day = localdate(now) - timedelta(days=days)
    return Happening(person, ids[source], kind, day, occurred_to=day, place=place)


def _ask(*, by: Member, now: datetime) -> None:
    person = SoughtPerson.objects.filter(names__surname=PEOPLE[0][0])[0]
    row = Requester(id=f"r-{os.urandom(8).hex()}", name="Соломія (вигадана)", added_at=now)
    relation = services.add_requester(row, person=PersonId(person.pk), kin="дружина", by=by)
    day = localdate(now)
    agreed = Agreed(Purpose.TRACING.value, "НІБ, ЦАР МКЧХ", day, day + timedelta(days=180))
    services.agree(relation, agreed, by=by)


def _keep_a_witness(*, by: Member, now: datetime) -> None:
    """Keep apart who one released prisoner is."""
    one = services.add_source(SourceWords("свідок", SourceKind.WITNESS, "B", 3), by=by)
    who = WitnessWords("Панас (вигаданий)", "ввечері, через дружину")
    keep_witness(one.pk, who, by=by, now=now)


def _ask_to_erase(*, by: Member, now: datetime) -> None:
    """Let somebody wait for a second person to erase them."""
    person = SoughtPerson.objects.get(names__surname=PEOPLE[-1][0])
    ask_erasure(ErasureWish(person.pk, Ground.OWN_RIGHT, "№ 17"), by=by, now=now)


def _leave_a_list(source: int, *, by: Member, now: datetime) -> None:
    """Read a list and leave it for a person to confirm."""
    incoming = list_services.Incoming(source, ListKind.LISTED, LIST, localdate(now))
    list_services.take(incoming, by=by, now=now)


def _link_a_list(source: int, *, by: Member, now: datetime) -> None:
    """Take a list in, so that links wait for a person; the worker proposes them."""
    incoming = list_services.Incoming(source, ListKind.LISTED, LINKED, localdate(now))
    issue = list_services.take(incoming, by=by, now=now)
    columns = [Column(one) for one in issue.columns]
    list_services.confirm(issue.pk, columns=columns, by=by)
    seen = list_applying.Seen(leaves_wrong_rows_out=True, vanishing_is_right=True)
    begun = list_applying.begin(issue.pk, seen=seen, by=by)
    while not list_applying.go_on(begun, now=now, entropy=os.urandom):
        pass
