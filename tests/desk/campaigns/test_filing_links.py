"""A report is linked in the transaction that files it; groups, floods and kin."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from desk_cast import Desk, Family
from django.db import IntegrityError, transaction

from oberih.campaigns.facts import Facts
from oberih.campaigns.models import Book, Clue, Contact, Group
from oberih.campaigns.network import whys_between
from oberih.campaigns.states import CaseId, Reason
from oberih.campaigns.sums import FLOOD
from oberih.campaigns.taking import live_book, take_in
from oberih.crypto.message import ReportKind
from oberih.desk.models import Case, Conversation, Message

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SCRIPT = "Добрий день, я сидів з вашим чоловіком в одній камері і маю від нього {}, перекажіть {}"


def groups() -> list[int]:
    return sorted(Group.objects.filter(book=live_book()).values_list("families", flat=True))


def test_two_families_with_one_number_are_one_group_at_once(
    desk: Desk, family: Callable[[], Family]
) -> None:
    family().send("Дзвонили з +380 50 000 00 01")
    family().send("Пишуть із 050-000-00-01")
    desk.turn()

    assert groups() == [2]


def test_one_script_joins_without_any_number(desk: Desk, family: Callable[[], Family]) -> None:
    family().send(SCRIPT.format("листа", "гроші"))
    family().send(SCRIPT.format("звістку", "ліки"))
    family().send("Мені пропонують легкий заробіток за пакунок на вокзалі")
    desk.turn()

    assert groups() == [1, 2]
    one, other, _alone = Contact.objects.order_by("-component", "case")
    pair = Contact.objects.filter(group__in=Group.objects.filter(families=2).values("name"))
    whys = whys_between(*sorted(pair.values_list("case", flat=True)), book=live_book())
    assert whys[0].reason == Reason.SCRIPT
    assert whys[0].is_inferred
    assert one != other


def test_an_official_number_links_nobody(desk: Desk, family: Callable[[], Family]) -> None:
    family().send("Кажуть дзвонити на 0 800 300 529, це штаб")
    family().send("Прислали 0800300529 і просять гроші на лікування")
    desk.turn()

    assert groups() == [1, 1]
    assert not Clue.objects.filter(value__contains="800300529").exists()


def test_what_cannot_be_linked_is_not_filed_half(desk: Desk, family: Callable[[], Family]) -> None:
    family().send("Дзвонили з +380 50 000 00 01")
    Book.objects.update(is_live=False)

    with suppress(Book.DoesNotExist):
        desk.turn()
    assert not Case.objects.exists()
    assert not Contact.objects.exists()
    Book.objects.update(is_live=True)
    desk.courier.retry_held(clock=desk.clock)

    assert groups() == [1]


def test_whoever_changed_her_words_is_one_family(desk: Desk, family: Callable[[], Family]) -> None:
    old, new = family(), family()
    old.send("Дзвонили з +380 50 000 00 01")
    desk.turn()
    new.send("Знову +380 50 000 00 01")
    new.send("", kind=ReportKind.MOVE, move_from=old.keys.mailbox)
    old.send("", kind=ReportKind.MOVE, move_to=new.keys.mailbox)
    desk.turn()

    assert groups() == [1]


def test_kin_of_one_prisoner_keep_conversations_of_their_own(
    desk: Desk, family: Callable[[], Family]
) -> None:
    wife, mother = family(), family()
    wife.send(SCRIPT.format("листа", "гроші"))
    mother.send(SCRIPT.format("листа", "гроші"))
    desk.turn()

    assert groups() == [2]
    assert Conversation.objects.count() == 2
    received = Message.objects.filter(direction="report").values_list("conversation", flat=True)
    assert sorted(received) == sorted([wife.keys.mailbox, mother.keys.mailbox])


def flood(count: int, *, day: date) -> None:
    for number in range(count):
        facts = Facts(
            case=CaseId(f"F{number:03d}-0000"),
            family=f"F{number:03d}",
            day=day,
            identifiers=frozenset({"phone:+380500000001"}),
        )
        take_in(facts, book=live_book())


def test_a_flood_of_reports_counts_for_nothing(desk: Desk, family: Callable[[], Family]) -> None:
    family().send("Дзвонили з +380 50 000 00 01")
    desk.turn()

    flood(FLOOD + 1, day=desk.now.date() - timedelta(days=2))

    [group] = Group.objects.filter(book=live_book())
    assert (group.families, group.quarantined) == (1, FLOOD + 1)


def test_a_case_stands_once_in_a_book() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.bulk_create(
            Contact(book=1, case="AAAA-AAAA", family="A", day="2026-11-01", digest="")
            for _ in range(2)
        )
