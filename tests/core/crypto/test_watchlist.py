import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import voprf, watchlist
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import Answer, NotAWatchList, TwoEntriesAlike, UnknownVerdict, Verdict

VECTORS = json.loads((Path(__file__).parents[3] / "vectors/watchlist.json").read_text())
ROWS = VECTORS["rows"]
LIST = bytes.fromhex(VECTORS["list"])
KEY = EvaluationKey.derive(
    bytes.fromhex(VECTORS["seed"]), label=VECTORS["label"].encode(), mode=Mode.VOPRF
)
OUTPUTS = st.binary(min_size=64, max_size=64)
VERDICTS = st.builds(
    Verdict,
    st.sampled_from(Answer),
    st.lists(st.sampled_from(watchlist.TACTICS), max_size=3, unique=True).map(tuple),
)
Row = dict[str, str]


def identifier_of(row: Row) -> Identifier:
    kind, _, value = row["identifier"].partition(":")
    return Identifier(Kind(kind), value)


def verdict_of(row: Row) -> Verdict | None:
    if row["answer"] == "not known":
        return None
    return Verdict(Answer(row["answer"]), tuple(row["tactics"]))


def test_the_key_of_the_vectors_is_the_published_one() -> None:
    assert KEY.public.hex() == VECTORS["public"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["identifier"])
def test_each_identifier_has_its_output(row: Row) -> None:
    question = watchlist.question(identifier_of(row))

    assert voprf.output(question, key=KEY).hex() == row["output"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["identifier"])
def test_the_list_answers_what_is_in_it_and_nothing_else(row: Row) -> None:
    output = bytes.fromhex(row["output"])

    assert watchlist.verdict(LIST, output=output) == verdict_of(row)


def test_the_entries_make_the_published_list() -> None:
    listed = [(verdict_of(row), bytes.fromhex(row["output"])) for row in ROWS]

    entries = [watchlist.entry(verdict, output=output) for verdict, output in listed if verdict]

    assert watchlist.listed(entries) == LIST
    watchlist.check_order(LIST)


@pytest.mark.parametrize("row", VECTORS["refused"], ids=lambda row: row["why"])
def test_a_list_that_is_cut_short_or_of_a_later_version_is_refused(row: Row) -> None:
    with pytest.raises((NotAWatchList, UnknownVerdict)):
        watchlist.verdict(bytes.fromhex(row["list"]), output=bytes.fromhex(row["output"]))


def test_a_list_out_of_order_is_refused() -> None:
    with pytest.raises(NotAWatchList):
        watchlist.check_order(LIST[12:24] + LIST[:12])
    with pytest.raises(NotAWatchList):
        watchlist.check_order(LIST[:-1])


def test_one_identifier_cannot_be_listed_twice() -> None:
    output = bytes(64)
    entries = [watchlist.entry(Verdict(answer), output=output) for answer in Answer]

    with pytest.raises(TwoEntriesAlike):
        watchlist.listed(entries)


@given(st.lists(st.tuples(OUTPUTS, VERDICTS), max_size=40, unique_by=lambda pair: pair[0]), OUTPUTS)
def test_every_verdict_comes_back_unchanged(
    pairs: list[tuple[bytes, Verdict]], other: bytes
) -> None:
    entries = watchlist.listed(watchlist.entry(found, output=output) for output, found in pairs)

    assert [watchlist.verdict(entries, output=output) for output, _ in pairs] == [
        found for _, found in pairs
    ]
    assert watchlist.verdict(entries, output=other) == dict(pairs).get(other)


def test_alike_verdicts_look_different_in_the_list() -> None:
    masked = {LIST[place + 8 : place + 12] for place in range(0, len(LIST), 12)}

    assert len(masked) == len(LIST) // 12


def test_twenty_thousand_entries_weigh_less_than_240_kilobytes() -> None:
    outputs = (number.to_bytes(64, "big") for number in range(20_000))

    reported = Verdict(Answer.REPORTED)
    entries = watchlist.listed(watchlist.entry(reported, output=one) for one in outputs)

    assert len(entries) <= 240_000


def test_every_tactic_of_the_check_has_a_number() -> None:
    rules = json.loads((files("oberih.check") / "compiled/rules.json").read_text())

    assert set(rules["tactics"]) <= set(watchlist.TACTICS)
