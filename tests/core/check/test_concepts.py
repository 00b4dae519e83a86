import pytest

from oberih.check.concepts import concepts_of, row_of
from oberih.check.normalise import tokens_of
from oberih.check.packing import narrowed, widened
from oberih.check.rules import load


@pytest.mark.parametrize("words", ["пакунок посылка posylka parcel", "пиши напишете napyshit tell"])
def test_one_thought_in_four_languages_is_one_concept(words: str) -> None:
    rules = load()

    tokens = tokens_of(words, tables=rules.tables)
    found = [rules.entry_of(token.key).concepts for token in tokens]

    assert len(found) == len(words.split())
    assert frozenset.intersection(*found)


def test_a_whole_word_does_not_begin_others() -> None:
    concepts = concepts_of([row_of([("кин", False), ("пакет", True)])])

    assert concepts.of("кин")
    assert not concepts.of("кино")
    assert concepts.of("пакети") == {0}


def test_what_a_shorter_beginning_covers_is_left_out() -> None:
    row = row_of([("паке", True), ("пакет", True), ("пакети", False), ("пак", False)])

    assert widened(row) == "пак. паке"


def test_numbers_are_concepts_by_their_length() -> None:
    concepts = concepts_of(["а.", "б."])

    assert concepts.of("7") != concepts.of("40000")
    assert concepts.of("40000") == concepts.of("90000") == concepts.of("1234567")


def test_narrow_keys_are_read_back() -> None:
    assert widened(narrowed("пидпал. burn $ я")) == "пидпал. burn $ я"
