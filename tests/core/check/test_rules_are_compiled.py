import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oberih.check import compile as compiling
from oberih.check import train
from oberih.check.features import OUTPUTS
from oberih.check.lessons import lessons
from oberih.check.packing import LEVELS, packed, unpacked
from oberih.check.rules import ARTEFACT, MODEL, UnknownRules, load, read
from oberih.check.values import Assessment, Band, Route
from oberih.check.words import words_of


def test_the_committed_artefact_is_what_the_rules_compile_to() -> None:
    assert compiling.compile_rules() == ARTEFACT.read_bytes()


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_the_committed_texts_are_what_the_rules_compile_to(language: str) -> None:
    committed = ARTEFACT.with_name(f"texts.{language}.json")

    assert compiling.compile_texts(language) == committed.read_bytes()


def test_rules_of_an_unknown_version_are_refused() -> None:
    with pytest.raises(UnknownRules):
        read(b'{"v": 3}')


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_every_code_has_its_words_in_every_language(language: str) -> None:
    rules, words = load(), words_of(language)

    assert set(rules.advice) <= set(words.advice)
    assert set(rules.questions) == set(words.questions)
    assert {code for codes in rules.follows.values() for code in codes} <= set(words.follows)


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_whatever_usually_follows_names_who_reported_it(language: str) -> None:
    rules, words = load(), words_of(language)

    for stage, codes in rules.follows.items():
        found = Assessment(Band.STOP, Route.COERCION, stage=int(stage), follows=tuple(codes))

        assert len(words.followed(found)) == len(codes)
        assert all(
            re.search(r"\(\w+: .+, [0-9.]*20[0-9]{2}\)$", one) for one in words.followed(found)
        )


@pytest.fixture(scope="session")
def opened() -> Callable[[], list[str]]:
    names: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | Path):
            names.append(str(arguments[0]))

    sys.addaudithook(hook)
    return lambda: names


@pytest.mark.parametrize("folders", [("train",), ("train", "reader")])
def test_training_opens_only_the_training_part(
    folders: tuple[str, ...], opened: Callable[[], list[str]]
) -> None:
    before = len(opened())

    found = list(lessons(folders))

    corpus = [Path(name).parent.name for name in opened()[before:] if "/corpus/" in name]
    assert found
    assert {*corpus} == {"first-hand", *folders}


@pytest.fixture(scope="module")
def examples() -> list[train.Example]:
    texts = [one for one in lessons() if one.hand == "first-hand"]
    return train.examples_of(train.seen_in(texts, rules=load()))


def test_training_is_the_same_every_time_on_the_same_examples(
    examples: list[train.Example],
) -> None:
    first, second = train.learned(examples), train.learned(examples)

    assert [packed(one) for one in first] == [packed(one) for one in second]


def test_a_packed_model_is_unpacked_as_it_was(examples: list[train.Example]) -> None:
    models = train.learned(examples)

    again = [unpacked(dict(packed(one))) for one in models]  # type: ignore[arg-type]  # JSON

    assert again == models
    assert {abs(weight) for one in models for weight in one.weights.values()} <= set(LEVELS)


def test_every_output_has_a_model_that_weighs_something() -> None:
    models = load().models

    assert len(models) == len(OUTPUTS)
    assert all(len(one.weights) > 1_000 for one in models)


def test_the_committed_models_are_what_training_makes() -> None:
    assert train.trained() == MODEL.read_bytes()
