import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from oberih.check.disguises import DISGUISES
from oberih.check.engine import assess
from oberih.check.rules import load as page_rules
from oberih.check.second import artefact, spelling
from oberih.check.second.artefact import ARTEFACT, KNOWN, LARGE, UnknownReader, rules_with_second
from oberih.check.second.network import BOUND, ROOT, SHIFT, WINDOW, windows
from oberih.check.second.spelling import BOUNDARY, START, Typed, spelt
from oberih.check.values import Conversation, Message

TABLES = page_rules().tables
TYPED = yaml.safe_load(Path(spelling.__file__).with_name("typed.yaml").read_text(encoding="utf-8"))
UKRAINIAN, RUSSIAN = 1, 2
LINE = "Передайте сумку незнайомцю біля школи, тоді ваш чоловік подзвонить"


def said(*texts: str) -> Conversation:
    return Conversation(tuple(Message("them", text) for text in texts))


def test_doubles_give_what_whole_numbers_of_any_size_give() -> None:
    layer = artefact.load().network.layers["column 5 layer 1"]
    rows = np.random.default_rng(1).integers(-(1 << 16), 1 << 16, (4, len(layer.matrix)))

    whole = rows.astype(int).astype(object) @ layer.matrix.astype(int).astype(object)
    times, added = layer.times.astype(int).astype(object), layer.added.astype(int).astype(object)
    wanted = np.clip(whole * times // SHIFT + added, -BOUND, BOUND)

    assert (layer.of(rows.astype(float)) == wanted.astype(float)).all()


def test_a_row_is_brought_to_one_size_in_whole_numbers() -> None:
    level = artefact.load().network.levels["all"]
    row = np.random.default_rng(2).integers(-(1 << 15), 1 << 15, (1, len(level.times)))

    apart = [int(one) - int(row.sum()) // row.size for one in row[0]]
    spread = sum(one * one for one in apart) // row.size
    root = int(np.sqrt(spread * ROOT * ROOT))
    pairs = zip(apart, level.times, level.added, strict=True)

    wanted = [one * int(times) // root + int(added) for one, times, added in pairs]
    assert level.of(row.astype(float))[0].tolist() == wanted


@pytest.mark.parametrize("name", ["look-alike letters", "zero-width marks", "capitals"])
def test_a_disguise_changes_no_piece(name: str) -> None:
    pieces = artefact.load().pieces
    disguised = DISGUISES[name](LINE)

    assert disguised != LINE
    assert pieces.of_text(disguised, tables=TABLES) == pieces.of_text(LINE, tables=TABLES)


def test_pauses_questions_and_quotes_are_read() -> None:
    words = list(spelt("Він сказав: «Приїдь 27.05». Ти де?", tables=TABLES))

    assert words == ["він", "сказав", ",", "приїдь", "27", ".", "05", ".", "ти", "де", "?", '"']


def test_a_word_is_cut_into_known_pieces_and_loses_no_letter() -> None:
    pieces = artefact.load().pieces
    letters = {number: piece for piece, number in pieces.numbers.items()}

    found = pieces.of_word("перешлітьте").pieces

    assert "".join(letters[number] for number in found) == "▁перешлітьте"


def test_unknown_letters_are_one_unknown_piece_each() -> None:
    assert len(artefact.load().pieces.of_word("☃☃").pieces) == 3  # the boundary is one too


@pytest.mark.parametrize(("network", "path"), [("small", ARTEFACT), ("large", LARGE)])
def test_its_file_reads_latin_typing_as_it_is_written_down(network: str, path: Path) -> None:
    assert artefact.load(path).pieces.typed == Typed(TYPED["alphabets"], TYPED["beats"][network])


@pytest.mark.parametrize(
    ("alphabet", "typed", "letters"),
    [
        *((UKRAINIAN, "shchodnia", "щодня"), (UKRAINIAN, "viyskovyi", "військовий")),
        *((UKRAINIAN, "yizhi", "їжі"), (UKRAINIAN, "4omu", "чому"), (UKRAINIAN, "den", "день")),
        *((UKRAINIAN, "18", "00"), (UKRAINIAN, "чому", "чому")),
        *((RUSSIAN, "eto", "это"), (RUSSIAN, "khochesh", "хочеш"), (RUSSIAN, "tvoy", "твой")),
        *((RUSSIAN, "syna", "сына"), (RUSSIAN, "podozhgi", "подожги"), (RUSSIAN, "budet", "будет")),
    ],
)
def test_a_word_typed_in_latin_letters_is_meant_in_cyrillic(
    alphabet: int, typed: str, letters: str
) -> None:
    pieces = artefact.load(LARGE).pieces
    named = {number: piece for piece, number in pieces.numbers.items()}

    found = pieces.of_word(typed, alphabet=alphabet).pieces

    assert "".join(named[number] for number in found) == BOUNDARY + letters


YAKSHCHO = "yakshcho khochete pobachyty cholovika, skynte foto mostu"
PODOZHGI = "podozhgi mashinu, togda uvidish syna"


@pytest.mark.parametrize(
    ("network", "typed", "letters"),
    [
        (LARGE, YAKSHCHO, "якщо хочете побачити чоловіка, скинте фото мосту"),
        (LARGE, PODOZHGI, "подожги машину, тогда увидиш сына"),
        (ARTEFACT, PODOZHGI, "подожги машину, тогда увидиш сына"),
    ],
)
def test_a_text_typed_in_latin_letters_is_read_as_its_cyrillic_twin(
    network: Path, typed: str, letters: str
) -> None:
    pieces = artefact.load(network).pieces

    assert pieces.of_text(typed, tables=TABLES) == pieces.of_text(letters, tables=TABLES)


@pytest.mark.parametrize("network", [ARTEFACT, LARGE])
@pytest.mark.parametrize(
    "text",
    ["Your parcel is at the post office until 18:00", "сумка, adidas, біля school", "", "18 $"],
)
def test_english_and_mixed_texts_are_read_as_they_stand(network: Path, text: str) -> None:
    pieces = artefact.load(network).pieces
    as_it_stands = replace(pieces, typed=Typed((), ()))

    assert pieces.of_text(text, tables=TABLES) == as_it_stands.of_text(text, tables=TABLES)


def test_windows_cover_a_long_text_to_its_last_piece() -> None:
    pieces = list(range(251))

    parts = list(windows(pieces))

    assert {one for part in parts for one in part} == set(pieces)
    assert {len(part) for part in parts} == {WINDOW}
    assert list(windows([START])) == [[START]]


@pytest.mark.parametrize("cut", [0, 3, 50, 400_000])
def test_a_file_that_was_cut_is_refused_whole(cut: int) -> None:
    with pytest.raises(UnknownReader):
        artefact.read(ARTEFACT.read_bytes()[:cut])


def test_a_file_of_another_version_is_refused() -> None:
    content = ARTEFACT.read_bytes()
    length = int.from_bytes(content[:4], "little")
    head = json.dumps({**json.loads(content[4 : 4 + length]), "v": KNOWN + 1}).encode()

    with pytest.raises(UnknownReader):
        artefact.read(len(head).to_bytes(4, "little") + head + content[4 + length :])


def test_where_the_models_are_sure_that_it_is_calm_it_is_not_asked() -> None:
    reader = artefact.load()
    calm = (reader.weighing.floor - 1, 0, -700, -900)

    assert reader.moved(calm, text=LINE, tables=TABLES) == calm
    assert reader.told(calm[0], texts=[LINE], tables=TABLES) == calm[0]


def test_my_own_words_are_not_given_to_it() -> None:
    rules = replace(rules_with_second(ARTEFACT), second=_Never())

    found = assess(Conversation((Message("me", LINE),)), answers={}, rules=rules)

    assert found.spans == ()


class _Never:
    def moved(self, scores: object, **_: object) -> object:
        raise AssertionError(scores)

    def told(self, score: object, **_: object) -> object:
        raise AssertionError(score)

    def calms(self, told: object, **_: object) -> bool:
        raise AssertionError(told)


def test_of_a_conversation_it_reads_the_last_messages_that_fit() -> None:
    reader = artefact.load()
    late = [LINE] * 6

    heard = reader.told(0, texts=["Привіт, як справи?", *late], tables=TABLES)

    assert heard == reader.told(0, texts=late, tables=TABLES) != 0
    assert heard != reader.told(0, texts=[LINE], tables=TABLES)


def test_letters_of_forty_languages_and_none_are_answered() -> None:
    for text in ("", "🙂", "\u202eтихо", "สวัสดี ครับ นี่ คือ", "שלום לך אישה יקרה", "ⲁⲃⲅ ⲇⲉⲋ ⲍⲏⲑ"):
        assert assess(said(text), answers={}, rules=rules_with_second(ARTEFACT)).spans == ()


def test_the_rules_of_the_page_stay_without_it() -> None:
    both = rules_with_second(ARTEFACT)

    assert page_rules().second is None
    assert both.sequence["model"] == {
        **page_rules().sequence["model"],
        **artefact.load().weighing.model,
    }
