"""Every sentence of the register stands in the Ukrainian catalogue."""

from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.utils.translation import override

import oberih.desk
from oberih.core.errors import OberihError
from tests.desk.cases import test_desk_words

DESK = Path(oberih.desk.__file__).parent
REFUSALS = ("oberih.register.refusals",)


def catalogue() -> set[str]:
    return test_desk_words.translated()


def sentences_in_code() -> set[str]:
    found: set[str] = set()
    for path in (DESK / "register").glob("*.py"):
        text = path.read_text().replace('"\n        "', "").replace('"\n    "', "")
        found |= set(test_desk_words.IN_CODE.findall(text))
    return found


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_is_translated(name: str) -> None:
    errors = vars(import_module(name)).values()
    kinds = [one for one in errors if isinstance(one, type) and issubclass(one, OberihError)]

    assert {str(one()) for one in kinds if one.__module__ == name} - catalogue() == set()


def test_every_word_of_the_code_is_translated() -> None:
    assert sentences_in_code() - catalogue() == set()


def test_the_catalogue_has_no_sentence_twice() -> None:
    names = [one.msgid for one in polib.pofile(str(test_desk_words.CATALOGUE))]

    assert len(names) == len(set(names))


def test_every_rule_has_its_words_and_they_are_the_file_s() -> None:
    words = import_module("oberih.desk.register.words")
    rules = {one.name: one.reading for one in import_module("oberih.register.deadlines").rules()}

    with override("en"):
        assert {name: str(word) for name, word in words.READINGS.items()} == rules
    assert words.RULES.keys() == rules.keys()


def test_every_article_has_its_words() -> None:
    words = import_module("oberih.desk.register.words")
    rules = import_module("oberih.register.deadlines").rules()

    assert set(words.ARTICLES) == {one.article for one in rules if not one.is_policy}


def test_every_finding_has_its_words() -> None:
    words = import_module("oberih.desk.register.words")

    assert set(words.FINDINGS) == set(import_module("oberih.register.discrepancies").Rule)
