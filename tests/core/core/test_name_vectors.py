"""The names' vectors: spellings of one name have one key, names that only look alike have two."""

import json
from pathlib import Path

import pytest

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import patronymic_of
from oberih.core.names.sounds import tradition_of
from oberih.core.names.surnames import surname_of
from oberih.core.names.words import words_of

VECTORS = json.loads((Path(__file__).parents[3] / "vectors/names.json").read_text("utf-8"))


def key(kind: str, form: str) -> str:
    words = words_of(form)
    tradition = tradition_of(words)
    if kind == "surname":
        return surname_of(words, tradition=tradition).whole.plain
    if kind == "given":
        return given_of(words[0], tradition=tradition).name
    return patronymic_of(words[0], tradition=tradition).father


@pytest.mark.parametrize("row", VECTORS["same"], ids=lambda row: str(row["forms"][0]))
def test_spellings_of_one_name_have_one_key(row: dict[str, list[str]]) -> None:
    assert len({key(str(row["kind"]), form) for form in row["forms"]}) == 1


@pytest.mark.parametrize("row", VECTORS["different"], ids=lambda row: "-".join(row["forms"]))
def test_names_that_only_look_alike_have_two_keys(row: dict[str, list[str]]) -> None:
    assert len({key(str(row["kind"]), form) for form in row["forms"]}) == len(row["forms"])
