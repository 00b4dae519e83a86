"""Promises of changed words: joined only when both agree, the old mailbox emptied, once."""

from collections.abc import Callable

import pytest
from desk_cast import Desk, Died, Family

from oberih.audit.selectors import events_about
from oberih.crypto.message import ReportKind
from oberih.desk import services
from oberih.desk.case_page import case_page
from oberih.desk.models import Case, Conversation
from oberih.desk.services import WordsChanged
from oberih.desk.states import CaseId
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def old(desk: Desk, family: Callable[[], Family]) -> Family:
    """Return a family whose report the desk has and has answered."""
    one = family()
    one.send("З паперу")
    desk.turn()
    return one


@pytest.fixture
def new(old: Family, family: Callable[[], Family]) -> Family:
    """Return the same family under new words, not used yet."""
    del old
    return family()


def arrive(new: Family, *, old: Family) -> None:
    new.send("", kind=ReportKind.MOVE, move_from=old.keys.mailbox)


def leave(old: Family, *, to: Family) -> None:
    old.send("", kind=ReportKind.MOVE, move_to=to.keys.mailbox)


def case_of(family: Family) -> CaseId:
    return CaseId(Conversation.objects.get(mailbox=family.keys.mailbox).case_id)


def test_the_old_words_read_nothing_once_both_agree(desk: Desk, old: Family, new: Family) -> None:
    assert old.inbox()
    arrive(new, old=old)
    leave(old, to=new)

    desk.turn()

    assert desk.front.emptied == [old.keys.mailbox]
    assert old.inbox() == []
    assert new.inbox()


def test_in_whichever_order_the_two_messages_come(desk: Desk, old: Family, new: Family) -> None:
    leave(old, to=new)
    desk.turn()
    assert desk.front.emptied == []

    arrive(new, old=old)
    desk.turn()

    assert desk.front.emptied == [old.keys.mailbox]


def test_the_message_of_the_move_is_filed_before_its_mailbox_is_emptied(
    desk: Desk, old: Family, new: Family
) -> None:
    arrive(new, old=old)
    leave(old, to=new)

    desk.turn()

    assert set(desk.front.envelopes) == desk.front.filed


def test_a_mailbox_is_emptied_once(desk: Desk, old: Family, new: Family) -> None:
    arrive(new, old=old)
    leave(old, to=new)
    desk.turn()
    new.send("Далі тут")

    desk.turn()

    assert desk.front.emptied == [old.keys.mailbox]


@pytest.mark.parametrize("point", ["before acknowledging", "after acknowledging"])
def test_a_sudden_end_does_not_keep_the_old_mailbox_full(
    desk: Desk, old: Family, new: Family, point: str
) -> None:
    arrive(new, old=old)
    leave(old, to=new)
    desk.front.dies = point
    with pytest.raises(Died):
        desk.turn()

    desk.turn()

    assert set(desk.front.emptied) == {old.keys.mailbox}
    assert old.inbox() == []


def test_who_says_to_come_from_another_conversation_is_not_joined_with_it(
    desk: Desk, old: Family, new: Family, officer: Member
) -> None:
    arrive(new, old=old)

    desk.turn()

    assert desk.front.emptied == []
    pages = [case_page(case_of(one), by=officer, now=desk.now) for one in (old, new)]
    assert [page.moved for page in pages] == [(), ()]


def test_a_move_to_a_conversation_that_does_not_say_so_is_not_joined(
    desk: Desk, old: Family, new: Family, officer: Member
) -> None:
    new.send("Інша родина")
    leave(old, to=new)

    desk.turn()

    assert desk.front.emptied == []
    assert case_page(case_of(old), by=officer, now=desk.now).moved == ()


def test_two_conversations_that_both_name_each_other_as_the_new_one_are_not_joined(
    desk: Desk, old: Family, new: Family
) -> None:
    new.send("Інша родина")
    leave(old, to=new)
    leave(new, to=old)

    desk.turn()

    assert desk.front.emptied == []


def test_each_case_shows_the_other_when_both_agree(
    desk: Desk, old: Family, new: Family, officer: Member
) -> None:
    arrive(new, old=old)
    leave(old, to=new)
    desk.turn()

    pages = [case_page(case_of(one), by=officer, now=desk.now) for one in (old, new)]

    assert [page.moved for page in pages] == [(case_of(new),), (case_of(old),)]


def test_whoever_keeps_the_old_words_cannot_lead_the_conversation_away(
    desk: Desk, old: Family, new: Family, family: Callable[[], Family]
) -> None:
    arrive(new, old=old)
    leave(old, to=new)
    desk.turn()
    thief = family()
    arrive(thief, old=old)
    leave(old, to=thief)

    desk.turn()

    assert Conversation.objects.get(mailbox=old.keys.mailbox).moved_to == new.keys.mailbox
    assert desk.front.emptied == [old.keys.mailbox]


def test_answers_go_to_the_new_words_only(
    desk: Desk, old: Family, new: Family, officer: Member
) -> None:
    arrive(new, old=old)
    leave(old, to=new)
    desk.turn()

    services.reply(case_of(new), text="Ми з вами.", by=officer, now=desk.now)
    desk.later(seconds=11)
    desk.turn()

    assert new.answers() == ["Ми з вами."]
    with pytest.raises(WordsChanged):
        services.reply(case_of(old), text="Не сюди.", by=officer, now=desk.now)


def test_the_audit_keeps_that_the_words_were_changed(desk: Desk, old: Family, new: Family) -> None:
    arrive(new, old=old)
    leave(old, to=new)

    desk.turn()

    acts = [one.fields["act"] for one in events_about(f"case {case_of(old)}") if one.fields]
    assert acts.count("conversation.moved") == 1
    assert Case.objects.count() == 2
