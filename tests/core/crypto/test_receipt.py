import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oberih.crypto import receipt
from oberih.crypto.receipt import OneWordIsWrong, Receipt, UnknownWord, WrongNumberOfWords

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "receipts.json").read_text())
HURTING = Path(__file__).with_name("words_that_hurt.txt").read_text().splitlines()
ALPHABET = {"uk": "[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]{4,8}", "en": "[a-z]{4,8}"}
ERRORS = {
    "word-count": WrongNumberOfWords,
    "unknown-word": UnknownWord,
    "wrong-word": OneWordIsWrong,
}
LOOKS_LATIN = str.maketrans("асеорхуікмнтв", "aceopxyikmhtb")
IKM = st.binary(min_size=13, max_size=13).map(lambda ikm: bytes([ikm[0] & 0x7F]) + ikm[1:])


@pytest.mark.parametrize("language", receipt.LANGUAGES)
def test_a_list_has_2048_words_told_apart_by_four_letters(language: receipt.Language) -> None:
    words = receipt.word_list(language)

    assert len(words) == len({word[:4] for word in words}) == 2048
    assert all(re.fullmatch(ALPHABET[language], word) for word in words)


@pytest.mark.parametrize("language", receipt.LANGUAGES)
def test_words_stay_as_they_are_when_folded(language: receipt.Language) -> None:
    words = receipt.word_list(language)

    assert all(unicodedata.normalize("NFKC", word).casefold() == word for word in words)
    assert len({receipt.folded(word) for word in words}) == 2048


@pytest.mark.parametrize("stem", [stem for stem in HURTING if stem and not stem.startswith("#")])
def test_no_word_of_the_lists_hurts(stem: str) -> None:
    words = [*receipt.word_list("uk"), *receipt.word_list("en")]

    assert [word for word in words if re.match(stem, word)] == []


def test_no_word_looks_like_one_of_the_other_list() -> None:
    looks = {word.translate(LOOKS_LATIN) for word in receipt.word_list("uk")}

    assert looks & set(receipt.word_list("en")) == set()


@pytest.mark.parametrize("vector", VECTORS["receipts"], ids=lambda one: one["ikm"])
def test_published_receipt_gives_the_published_words_and_keys(vector: dict[str, str]) -> None:
    one = Receipt(bytes.fromhex(vector["ikm"]))
    keys = one.derive()

    assert {name: " ".join(one.words(name)) for name in receipt.LANGUAGES} == {
        name: vector[name] for name in receipt.LANGUAGES
    }
    assert keys.token.hex() == vector["token"]
    assert keys.identity.secret_text() == vector["identity"]
    assert keys.signing.private_bytes_raw().hex() == vector["signing"]
    assert keys.mac.hex() == vector["mac"]
    assert keys.marker.hex() == vector["marker"]
    assert keys.mailbox == vector["mailbox"]


@pytest.mark.parametrize("reading", VECTORS["readings"], ids=lambda one: one["text"][:20])
def test_words_are_read_as_people_write_them(reading: dict[str, Any]) -> None:
    if "ikm" in reading:
        assert Receipt.read(reading["text"]).ikm.hex() == reading["ikm"]
        return
    with pytest.raises(ERRORS[reading["error"]]) as raised:
        Receipt.read(reading["text"])
    if reading["error"] == "unknown-word":
        assert getattr(raised.value, "position", None) == reading["position"]


@settings(max_examples=200)
@given(IKM, st.sampled_from(receipt.LANGUAGES))
def test_ten_words_give_back_the_same_bits(ikm: bytes, language: receipt.Language) -> None:
    words = Receipt(ikm).words(language)

    assert len(words) == 10
    assert Receipt.read(" ".join(words)).ikm == ikm


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_texts_that_are_no_receipt_are_refused(text: str) -> None:
    with pytest.raises((WrongNumberOfWords, UnknownWord, OneWordIsWrong)):
        Receipt.read(text)


def test_the_unknown_word_is_not_in_the_message() -> None:
    words = [*Receipt(bytes(13)).words("uk")[:9], "таємнеслово"]

    with pytest.raises(UnknownWord, match="Word 10") as raised:
        Receipt.read(" ".join(words))
    assert "таємнеслово" not in repr(raised.value)


def test_a_receipt_and_its_keys_show_nothing() -> None:
    one = Receipt(IKM_SHOWN)

    assert IKM_SHOWN.hex() not in repr(one)
    assert repr(one.derive()) == "ReporterKeys()"


def test_a_new_receipt_has_103_bits_of_the_given_randomness() -> None:
    one = Receipt.generate("en", random=lambda count: b"\xff" * count)

    assert one.ikm == b"\x7f" + b"\xff" * 12
    assert one.words() == one.words("en")


IKM_SHOWN = b"\x01" * 13
