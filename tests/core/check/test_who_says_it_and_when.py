"""Several strangers, relatives, other people's words, and time: what adds up and what does not."""

from datetime import datetime, timedelta

import pytest

from oberih.check.baselines import ENGINES, rules_without_model
from oberih.check.engine import assess
from oberih.check.frames import reading_of
from oberih.check.sequence import Course, Said
from oberih.check.values import Assessment, Band, Conversation, Message

DEMAND = "Підпаліть машину біля військкомату, інакше чоловіка більше не побачите"
OFFER = "Можу допомогти включити твого брата до списку на обмін"
HUSH = "Нікому не кажи"
TASK = "Зробіть фото заправки біля траси"
BEGAN = datetime(2026, 3, 1, 9)  # noqa: DTZ001  # a chat's clock has no zone
RAISED = {Band.WARNING, Band.STOP}


def by_frames(*messages: Message) -> Assessment:
    return ENGINES["frames alone"](Conversation(messages))


def found_in(*messages: Message) -> Assessment:
    return assess(Conversation(messages), answers={})


def test_what_three_relatives_say_is_no_pattern() -> None:
    said = [Message("them", one, who=one[:3]) for one in (OFFER, HUSH, TASK)]

    assert by_frames(*said).band not in RAISED


def test_the_same_words_of_one_stranger_are() -> None:
    assert by_frames(*(Message("them", one, who="a") for one in (OFFER, HUSH, TASK))).band == "stop"


def test_a_stranger_who_shows_a_pattern_counts_beside_another() -> None:
    prepared = [Message("them", OFFER, who="a"), Message("them", HUSH, who="a")]

    together = by_frames(*prepared, Message("them", TASK, who="b"))

    assert (together.band, together.first_stop) == ("stop", 2)


def test_in_a_crowd_each_is_weighed_alone() -> None:
    crowd = [Message("them", "Добрий день", who=str(number)) for number in range(6)]
    prepared = [Message("them", OFFER, who="a"), Message("them", HUSH, who="a")]

    found = by_frames(*crowd, *prepared, Message("them", TASK, who="b"))

    assert found.first_stop is None


def test_a_demand_that_a_relative_forwards_is_to_be_verified() -> None:
    shown = Message("them", "Мам, дивись, що мені прислали. Що робити?", who="Оля")

    found = found_in(shown, Message("them", DEMAND, who="Оля", forwarded=True))

    assert (found.band, found.described, found.first_warning) == ("verify", True, None)
    assert {span.message for span in found.spans} == {1}


def test_a_stranger_who_presses_does_not_hide_behind_a_forwarded_demand() -> None:
    pressed = Message("them", "Зроби, що скажу, або твій чоловік помре")

    assert found_in(pressed, Message("them", DEMAND, forwarded=True)).band is Band.STOP


def test_where_all_is_forwarded_it_is_what_she_asks_about() -> None:
    mine = Message("me", "Що це?")

    assert found_in(mine, Message("them", DEMAND, forwarded=True)).band is Band.STOP


@pytest.mark.parametrize("mark", ["> ", ">", "  > > "])
def test_lines_quoted_in_a_mail_are_not_the_senders_demand(mark: str) -> None:
    text = f"Дякуємо за лист, ми розберемося.\n{mark}{DEMAND}"

    found = found_in(Message("them", text))

    assert (found.band, found.described) == ("verify", True)
    assert min(span.start for span in found.spans) >= text.index(mark)


def test_an_answer_above_a_quoted_letter_is_the_senders_own() -> None:
    found = found_in(Message("them", f"{DEMAND}\n> Доброго дня, хто ви?"))

    assert found.band is Band.STOP
    assert max(span.end for span in found.spans) <= len(DEMAND)


def points_after(days: float) -> int:
    rules = rules_without_model()
    course = Course(rules)
    for text, at in ((OFFER, BEGAN), (TASK, BEGAN + timedelta(days=days))):
        course.take(reading_of(text, rules=rules), said=Said(at=at))
    return course.total()


def test_a_task_after_a_long_silence_weighs_more() -> None:
    assert points_after(4) > points_after(0.1) == points_after(2)


def test_what_was_said_months_ago_no_longer_stands() -> None:
    assert points_after(100) < points_after(0.1)


def test_a_silence_between_calm_words_means_nothing() -> None:
    calm = "Привіт, як справи?"

    found = found_in(
        Message("them", calm, BEGAN), Message("them", calm, BEGAN + timedelta(days=30))
    )

    assert found.band is Band.NONE


def test_a_time_with_a_zone_is_read_by_its_clock() -> None:
    zoned = datetime.fromisoformat("2026-03-01T09:00:00+02:00")

    found = found_in(
        Message("them", OFFER, zoned), Message("them", TASK, BEGAN + timedelta(days=1))
    )

    assert found.first_stop in {None, 0, 1}
