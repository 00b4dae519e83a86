from collections.abc import Callable
from functools import partial

import pytest

from oberih.check.engine import assess
from oberih.check.rules import Rules, load
from oberih.check.second.artefact import ARTEFACT, LARGE, rules_with_second
from oberih.check.values import Assessment, Band, Conversation, Message

Judge = Callable[..., Assessment]
DEMAND = "Підпаліть машину біля військкомату, інакше чоловіка більше не побачите"


def them(*texts: str) -> Conversation:
    return Conversation(tuple(Message("them", text) for text in texts))


READERS = {
    "as the page": load,
    "with the second reader, small": partial(rules_with_second, ARTEFACT),
    "with the second reader, large": partial(rules_with_second, LARGE),
}


@pytest.fixture(params=READERS.values(), ids=READERS)
def rules(request: pytest.FixtureRequest) -> Rules:
    read: Callable[[], Rules] = request.param
    return read()


@pytest.fixture
def found_in(rules: Rules) -> Judge:
    return lambda *texts: assess(them(*texts), answers={}, rules=rules)


def test_a_demand_with_a_threat_is_a_stop_at_once(found_in: Judge) -> None:
    found = found_in(DEMAND)

    assert (found.band, found.route, found.first_stop) == ("stop", "coercion", 0)


def test_no_stop_or_warning_without_a_highlighted_phrase(
    found_in: Judge,
) -> None:
    found = found_in(DEMAND)

    assert all(0 <= span.start < span.end <= len(DEMAND) for span in found.spans)
    assert found.spans


@pytest.mark.parametrize(
    "text",
    [
        "СБУ затримала підлітків, які підпалили релейну шафу на замовлення куратора",
        "Ворог телефонує рідним полонених і вимагає підпалити авто. Не погоджуйтесь, повідомте 102",
        "Поліція попереджає: шахраї вимагають гроші за включення до списку на обмін",
    ],
)
def test_news_and_warnings_only_describe(text: str, found_in: Judge) -> None:
    found = found_in(text)

    assert found.band in {Band.NONE, Band.VERIFY}
    assert found.described


def test_my_own_words_never_raise(rules: Rules) -> None:
    conversation = Conversation((Message("me", DEMAND),))

    assert assess(conversation, answers={}, rules=rules).band is Band.NONE


def test_words_of_despair_of_mine_open_support_without_a_band(rules: Rules) -> None:
    conversation = Conversation((Message("me", "я більше не хочу жити"),))

    found = assess(conversation, answers={}, rules=rules)

    assert (found.support, found.band) == (True, Band.NONE)


def test_dissent_alone_never_raises(found_in: Judge) -> None:
    found = found_in("Виходимо в неділю на мирну акцію, влада нас не чує")

    assert found.band in {Band.NONE, Band.VERIFY}


def test_who_speaks_for_an_office_is_verified_never_cleared(
    found_in: Judge,
) -> None:
    found = found_in("Добрий день, це Координаційний штаб, ваше звернення отримано")

    assert (found.band, found.route) == ("verify", "official")


def test_a_parcel_puts_physical_safety_first(found_in: Judge) -> None:
    found = found_in("Забери пакет в одному місці і перенеси в інше, питань не став")

    assert found.physical
    assert found.advice[0] == "physical"


def test_a_satellite_terminal_in_ones_name_is_no_parcel(
    found_in: Judge,
) -> None:
    found = found_in("Зареєструй старлінк на себе, і чоловік повернеться додому")

    assert "C6" in found.tactics
    assert "C5" not in found.tactics
    assert not found.physical


def test_a_whole_conversation_weighs_more_than_its_lines(
    found_in: Judge,
) -> None:
    lines = (
        "Ваш чоловік живий, він у нас",
        "Хочете, щоб він подзвонив?",
        "Тоді нікому ні слова",
        "Скажіть, де стоїть техніка",
    )

    assert found_in(*lines).band is Band.STOP


def test_ticked_answers_about_a_call_raise_by_themselves(rules: Rules) -> None:
    found = assess(Conversation(()), answers={"q-fire": True, "q-list": True}, rules=rules)

    assert (found.band, found.stage) == ("stop", 5)


def test_an_unknown_or_unticked_answer_changes_nothing(rules: Rules) -> None:
    found = assess(Conversation(()), answers={"q-fire": False, "constructor": True}, rules=rules)

    assert found.band is Band.NONE


def test_evidence_gathers_over_the_conversation(found_in: Judge) -> None:
    alone = found_in("Коробка біля гаражів")
    later = found_in(
        "Ваш чоловік у нас, від мене залежить, як він їсть",
        "Можу дати йому телефон, якщо допоможете",
        "Коробка біля гаражів",
    )

    assert alone.first_stop is None
    assert later.first_stop in {1, 2}


@pytest.mark.parametrize(
    "text", ["", "😀", "\u202e\u200f", "<script>alert(1)</script>", "ā" * 5_000_000]
)
def test_odd_texts_are_answered(text: str, found_in: Judge) -> None:
    assert found_in(text).band in {Band.NONE, Band.VERIFY}


@pytest.mark.parametrize(
    "changed",
    [
        DEMAND.replace("а", "a").replace("о", "o"),
        "\u200b".join(DEMAND),
        DEMAND.upper(),
        DEMAND.replace("Підпаліть", "П і д п а л і т ь"),
        "Pidpalit mashynu bilia viiskkomatu, inakshe cholovika bilshe ne pobachyte",
    ],
)
def test_disguised_spelling_does_not_hide_a_demand(changed: str, found_in: Judge) -> None:
    assert found_in(changed).band is Band.STOP


def test_a_demand_at_the_end_of_a_very_long_text_is_found(
    found_in: Judge,
) -> None:
    text = "добре " * 20_000 + DEMAND

    found = found_in(text)

    assert found.band is Band.STOP
    assert max(span.end for span in found.spans) > 120_000
