"""What she replies tells the second reader whether she talks with a stranger or her own people."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from oberih.check.engine import assess
from oberih.check.rules import Rules
from oberih.check.rules import load as page_rules
from oberih.check.second import artefact
from oberih.check.second.artefact import ARTEFACT, CALMEST, LARGE, last_of, rules_with_second
from oberih.check.sequence import NEAR, replies_to
from oberih.check.values import Band, Conversation, Message

TABLES = page_rules().tables
ASKED = "Оформи на себе термінал, я потім поясню"
GRAVE = "Спали військову машину, інакше твого чоловіка вб'ють у полоні"
TO_HER_OWN = ("Добре, мам, забіжу після роботи", "Хліба ще купити?")
TO_A_STRANGER = ("Хто ви? Звідки у вас мій номер?", "А де він зараз? Дайте почути голос")
ALWAYS = 10**6
networks = pytest.mark.parametrize("path", [ARTEFACT, LARGE])


def chat(asked: str, replies: Sequence[str]) -> Conversation:
    """Return a greeting, a reply, what they ask, and another reply."""
    mine = [Message("me", text) for text in replies]
    return Conversation(
        (Message("them", "Привіт, ти вдома?"), *mine[:1], Message("them", asked), *mine[1:])
    )


def calming(path: Path, *, to: int) -> Rules:
    """Return the rules with a reader whom replies as to her own people calm up to so much."""
    rules = rules_with_second(path)
    small = artefact.load()
    small = replace(small, weighing=replace(small.weighing, calm=to))
    second = replace(artefact.load(path), beside=small) if path == LARGE else small
    return replace(rules, second=second)


def band(asked: str, replies: Sequence[str], *, rules: Rules) -> Band:
    return assess(chat(asked, replies), answers={}, rules=rules).band


def weighed(replies: Sequence[str]) -> int:
    small = artefact.load()
    assert small.own is not None
    return small.own.replies(last_of(replies, small.pieces, tables=TABLES))


def test_it_tells_her_own_people_from_a_stranger() -> None:
    assert weighed(TO_HER_OWN) < 0 < weighed(TO_A_STRANGER)


def test_what_it_raises_among_her_own_people_is_to_be_verified() -> None:
    rules = rules_with_second(ARTEFACT)

    bands = [band(ASKED, replies, rules=rules) for replies in ((), TO_A_STRANGER, TO_HER_OWN)]

    assert bands == [Band.STOP, Band.STOP, Band.VERIFY]


@networks
def test_a_crime_with_a_lever_is_a_stop_whatever_she_replies(path: Path) -> None:
    rules = calming(path, to=ALWAYS)

    assert band(ASKED, TO_HER_OWN, rules=rules) is Band.VERIFY
    assert band(GRAVE, TO_HER_OWN, rules=rules) is Band.STOP


@networks
def test_replies_to_a_stranger_change_nothing(path: Path) -> None:
    rules = calming(path, to=ALWAYS)

    assert band(ASKED, TO_A_STRANGER, rules=rules) is Band.STOP


def test_friendly_words_weigh_no_more_than_so_much() -> None:
    reader = artefact.load()
    warm = ("Мамо, дідусь передав яблука, заїду в неділю з дітьми", "Цілую, вечеряйте без мене")
    most = CALMEST * reader.weighing.replies // 100

    assert weighed(warm) < CALMEST
    assert reader.calms(reader.weighing.calm - most, replies=warm, tables=TABLES)
    assert not reader.calms(reader.weighing.calm - most + 1, replies=warm, tables=TABLES)


def test_the_families_page_does_not_hear_them_without_the_second_reader() -> None:
    rules = page_rules()

    assert rules.second is None
    assert band(ASKED, TO_HER_OWN, rules=rules) is band(ASKED, (), rules=rules) is Band.STOP


def test_her_replies_to_a_message_are_those_before_it_and_right_after_it() -> None:
    turns = [Message("me" if text.isupper() else "them", text) for text in "AbBCdD"]
    turns[3] = replace(turns[3], forwarded=True)

    assert replies_to(1, messages=turns) == ("A", "B")
    assert replies_to(4, messages=turns) == ("A", "B", "D")


def test_no_more_than_her_last_replies_are_heard() -> None:
    turns = [Message("me", str(number)) for number in range(100)] + [Message("them", "?")] * 30

    assert replies_to(100, messages=turns) == tuple(map(str, range(92, 100)))
    assert replies_to(129, messages=turns) == tuple(map(str, range(92, 100)))


def test_replies_from_long_ago_are_not_heard() -> None:
    turns = [Message("me", "Хто ви?"), *[Message("them", "?")] * 50]

    assert replies_to(NEAR, messages=turns) == ("Хто ви?",)
    assert replies_to(NEAR + 1, messages=turns) == ()
