"""The models see in which order words stand, what begins a message, and its signs."""

import pytest

from oberih.check.engine import assess
from oberih.check.evidence import scores_of
from oberih.check.features import HALF, LAID
from oberih.check.frames import reading_of
from oberih.check.rules import load
from oberih.check.values import Band, Conversation, Message


def layout(text: str) -> set[int]:
    return set(reading_of(text, rules=load()).evidence.layout)


def test_the_same_words_in_another_order_are_seen_as_another_message() -> None:
    one = reading_of("Скинь мені фото мосту", rules=load()).evidence
    other = reading_of("Фото мосту мені скинь", rules=load()).evidence

    assert set(one.distinct()) == set(other.distinct())
    assert one.layout != other.layout
    assert scores_of(one, rules=load()) != scores_of(other, rules=load())


def test_what_begins_a_clause_is_seen_wherever_the_clause_stands() -> None:
    early = layout("Спали авто, інакше він помре")
    late = layout("Чекаємо до ранку, нам набридло, спали авто")

    assert early & late


@pytest.mark.parametrize(
    "signs", ["чекай до ранку!", "чекай: до ранку", "«чекай» до ранку", "чекай до 7"]
)
def test_signs_and_numbers_are_seen(signs: str) -> None:
    assert layout(signs) - layout("чекай до ранку")


def test_how_words_stand_never_meets_pieces_of_words_or_concepts() -> None:
    evidence = reading_of("Скинь координати до вечора, або його переведуть!", rules=load()).evidence
    plain, concepts, laid = evidence.context()

    assert max(plain) < HALF <= min(concepts) <= max(concepts) < LAID <= min(laid)


def test_a_message_without_words_is_judged_all_the_same() -> None:
    for text in ("", "!", "🙂", "«»", "—"):
        found = assess(Conversation((Message("them", text),)), answers={})

        assert found.band is Band.NONE
