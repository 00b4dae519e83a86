import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import line, linked, parts, varied, words

SCRIPT = words(40, seed=1)
MANY = [
    *(line(f"a{n}", varied(SCRIPT, seed=n)) for n in range(6)),
    *(line(f"b{n}", varied(words(30, seed=2), seed=n)) for n in range(4)),
    *(line(f"c{n}", " ".join(words(25, seed=100 + n))) for n in range(12)),
    line("empty", ""),
    line("greeting", "Добрий день"),
]


def test_messages_of_one_script_with_a_fifth_of_the_words_changed_share_a_group() -> None:
    found = linked(MANY)

    assert {found[f"a{n}"].group for n in range(6)} == {"a0"}
    assert {found[f"b{n}"].group for n in range(4)} == {"b0"}


def test_a_lone_message_has_a_group_of_its_own_and_no_links() -> None:
    found = linked(MANY)

    assert (found["c3"].group, found["c3"].links) == ("c3", ())
    assert len(parts(found)) == 2 + 12 + 2


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_any_order_of_the_input_gives_the_same_groups_and_links(chance: random.Random) -> None:
    lines = chance.sample(MANY, len(MANY))

    assert linked(lines) == linked(MANY)


def test_letters_of_another_script_change_nothing() -> None:
    text = " ".join(SCRIPT)
    found = linked([line("1", text), line("2", text.translate(str.maketrans("аео", "aeo")))])

    assert found["1"].group == found["2"].group
    assert found["1"].links[0].why == "the same words"


def test_sums_and_dates_are_slots() -> None:
    text = " ".join(SCRIPT)
    found = linked([line("1", text + " 500 грн"), line("2", text + " 90 000 грн")])

    assert found["1"].links[0].strength == 1


def test_the_same_greeting_alone_joins_nobody() -> None:
    found = linked([line("1", "Добрий день"), line("2", "Добрий день!"), line("3", "")])

    assert len(parts(found)) == 3


def test_a_fork_of_a_script_is_a_script_of_its_own() -> None:
    fork = SCRIPT[:20] + words(20, seed=3)
    lines = [line(f"a{n}", varied(SCRIPT, seed=n)) for n in range(30)]
    lines += [line(f"f{n}", varied(fork, seed=50 + n)) for n in range(30)]

    assert sorted(len(part) for part in parts(linked(lines))) == [30, 30]


def test_a_message_padded_with_random_words_is_still_found() -> None:
    padded = " ".join([*SCRIPT, *words(30, seed=77)])
    found = linked([*MANY, line("padded", padded)])

    assert found["padded"].group == "a0"


def test_ten_thousand_near_equal_fakes_do_not_join_others() -> None:
    fakes = [line(f"z{n}", varied(words(30, seed=5), seed=n)) for n in range(10_000)]
    found = linked([*MANY, *fakes])

    assert max(len(part) for part in parts(found)) == 10_000
    assert found["a0"].group == "a0"
    assert found["b3"].group == "b0"


def test_words_that_everybody_says_join_nobody() -> None:
    common, chance = words(15, seed=9), random.Random(9)  # noqa: S311  # tests must repeat
    lines = [
        line(str(n), " ".join(chance.sample([*common, *words(25, seed=500 + n)], 40)))
        for n in range(400)
    ]

    assert len(parts(linked(lines))) == 400


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_messages_are_enough_to_be_told_apart(count: int) -> None:
    lines = [line(f"x{n}", varied(SCRIPT, seed=n)) for n in range(count)]

    assert parts(linked(lines)) == {frozenset(f"x{n}" for n in range(count))}
