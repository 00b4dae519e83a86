"""Messages side by side: common text grey, slots marked, nothing lost."""

from oberih.campaigns.alignment import MOST_MESSAGES, MOST_WORDS, aligned

SCRIPT = "Добрий день, я сидів з вашим {} в одній камері, пишіть на {}"
FILLED = [("сином", "Вайбер"), ("братом", "Сигнал"), ("чоловіком Петром", "Телеграм")]


def common(text: str) -> str:
    pieces = aligned([SCRIPT.format(*one) for one in FILLED] + [text])[-1]
    return "".join(piece.text for piece in pieces if piece.is_common)


def test_slots_are_marked_and_the_rest_is_common() -> None:
    for pieces, (whom, where) in zip(
        aligned([SCRIPT.format(*one) for one in FILLED]), FILLED, strict=True
    ):
        slots = [piece.text.strip() for piece in pieces if not piece.is_common]
        assert slots == [whom, where]


def test_nothing_of_a_message_is_lost() -> None:
    texts = [SCRIPT.format(*one) for one in FILLED]

    assert ["".join(piece.text for piece in pieces) for pieces in aligned(texts)] == texts


def test_letters_of_another_alphabet_stay_common() -> None:
    assert "сидiв" in common(SCRIPT.format("дядьком", "Зум").replace("сидів", "сидiв"))


def test_one_message_has_nothing_in_common() -> None:
    assert [piece.is_common for piece in aligned(["сам собі"])[0]] == [False]


def test_a_page_never_gets_more_than_it_can_show() -> None:
    pieces = aligned(["слово " * 1000] * 50)

    assert len(pieces) == MOST_MESSAGES
    assert len("".join(piece.text for piece in pieces[0]).split()) == MOST_WORDS


def test_no_messages_are_no_error() -> None:
    assert aligned([]) == ()
