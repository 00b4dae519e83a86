import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import line, linked, parts, words

from oberih.campaigns.links import LinkKind
from oberih.campaigns.naming import named
from oberih.campaigns.sketch import sketch_of, words_of
from oberih.core.identifiers import find
from oberih.core.official import official_numbers

NUMBER = "+380 50 000 00 01"
IBAN = "UA213223130000026007233566001"


def said(name: str, *, seed: int, more: str = "") -> bytes:
    return line(name, " ".join(words(25, seed=seed)) + " " + more)


def test_two_messages_that_name_one_number_share_a_group_and_say_why() -> None:
    found = linked([said("1", seed=1, more=NUMBER), said("2", seed=2, more="0500000001")])

    assert found["1"].group == found["2"].group
    link = found["1"].links[0]
    assert (link.to, link.kind, link.strength) == ("2", LinkKind.IDENTIFIER, 1)
    assert link.why == "2 messages name phone:+380500000001"


def test_identifiers_given_beside_the_text_count_too() -> None:
    one = line("1", " ".join(words(25, seed=1)), identifiers=["phone:+380500000001"])
    found = linked([one, said("2", seed=2, more=NUMBER)])

    assert found["1"].group == found["2"].group


def test_a_shared_account_is_a_payment_link() -> None:
    found = linked([said("1", seed=1, more=IBAN), said("2", seed=2, more=IBAN)])

    assert found["2"].links[0].kind is LinkKind.PAYMENT


def test_an_innocent_number_in_all_messages_joins_nobody_but_is_linked_weakly() -> None:
    found = linked([said(f"m{n}", seed=n, more=NUMBER) for n in range(200)])

    assert len(parts(found)) == 200
    assert {one.links[0].strength for one in found.values()} == {0.005}


def test_an_official_number_joins_nobody() -> None:
    number = next(one.value for one in official_numbers() if one.kind == "phone")
    found = linked([said("1", seed=1, more=number), said("2", seed=2, more=number)])

    assert len(parts(found)) == 2
    assert found["1"].links


def test_a_number_in_four_hundred_of_ten_thousand_messages_joins_them() -> None:
    lines = [said(f"m{n}", seed=n, more=NUMBER if n < 400 else "") for n in range(10_000)]

    assert max(len(part) for part in parts(linked(lines))) == 400


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "050 тире 000 тире 00 тире 01",
        "О5О ООО ОО О1 дзвоніть",
        "пишіть @some_channel",
        "телеграм: some_channel",
        "some.channel (at) example (dot) org",
        "сайт приклад.укр чекає",
        "канал t.me/some_channel",
        IBAN,
        "＋３８０５００００００１",
        "просто 15 жовтня о 18:00, 500 грн.",
    ],
)
def test_the_short_way_to_identifiers_misses_none(text: str) -> None:
    assert named(text) == {one.identifier for one in find(text)}


PIECES = [
    *("@some_channel", "телеграм: some_channel", "tg - other_name", "signal name.123", "сайт.укр"),
    *("example.com", "a @ b", "a (at) example.org", "https://t.me/x_y_z_w", "пошта собака example"),
    *(NUMBER, "050 тире 000", "О5О ООО ОО О1", "UA 21", IBAN, "5168 7573 0461 7889", "12:30, 500"),
    *("0x52908400098527886E0F7030069857D2E4169EE7", "MT84MALT011000012345MTLCAST001S", "- hello"),
    *(
        "добрий день",
        "мaмo, дaй",
        "«так»",
        "крапка",
        "e.g.",
        "...",
        "hello there",
        "\u200b",
        "(",
        "/",
    ),
]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "\n", ": ", ". "]))))
def test_the_short_way_to_identifiers_finds_what_the_long_way_does(
    pieces: list[tuple[str, str]],
) -> None:
    text = "".join(piece + between for piece, between in pieces)

    assert named(text) == {one.identifier for one in find(text)}


@given(st.text(st.sampled_from("аaеeіi'’ 0й\u0306\u200b.\n\xa0-\u2003бЇ"), max_size=40))
def test_words_are_the_same_read_piece_by_piece(text: str) -> None:
    whole = b"".join(sketch_of(word).to_bytes()[1:] for word in words_of(text))

    assert sketch_of(text).to_bytes()[1:] == whole
