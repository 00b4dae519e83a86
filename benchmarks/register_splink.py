"""Splink as its documentation sets it up, on romanised names: the peer that links as we do.

Its own comparisons for names and dates, its blocking, its training (expectation maximisation, no
labels); then one row to one row. The threshold is the best one, which only who knows the truth can
choose: more than any user of it gets.
"""

import logging
import warnings

import pyarrow as pa
import splink.comparison_library as compare
import translitua
from register_lists import Lists, Row
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from oberih.register.linkage.dates import born_of
from oberih.register.linkage.duck import Limits, in_memory

LEAST = 0.01
SEED, PAIRS = 1, 2e6
logging.getLogger("splink").setLevel(logging.ERROR)


def by_splink(both: Lists) -> set[tuple[str, str]]:
    """Return the links at the threshold that is best for F1."""
    with warnings.catch_warnings(), in_memory(Limits(memory="2GB")) as connection:
        warnings.simplefilter("ignore")
        api = DuckDBAPI(connection=connection)
        lists = [
            api.register(_table(rows), dataset_display_name=name)
            for name, rows in (("a", both.a), ("b", both.b))
        ]
        linker = Linker(lists, _settings(), log_level="ERROR")
        linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=SEED)
        for columns in (("surname", "given"), ("dob",)):
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
        found = linker.inference.predict(threshold_match_probability=LEAST)
        named = "unique_id_l, unique_id_r, match_probability"
        query = f"select {named} from {found.physical_name} order by 3 desc, 1, 2"  # noqa: S608  # our own names
        rows = connection.execute(query).fetchall()
    return _best(_one_to_one(rows), truth=both.truth)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.NameComparison("surname").configure(term_frequency_adjustments=True),
            compare.NameComparison("given").configure(term_frequency_adjustments=True),
            compare.NameComparison("patronymic"),
            compare.DateOfBirthComparison("dob", input_is_string=True, invalid_dates_as_null=True),
            compare.ExactMatch("birthplace").configure(term_frequency_adjustments=True),
            compare.ExactMatch("unit").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("dob"),
            block_on("surname"),
            block_on("given", "patronymic"),
            block_on("substr(surname, 1, 4)", "substr(dob, 1, 4)"),
            block_on("given", "birthplace"),
        ],
    )


def _table(rows: list[Row]) -> pa.Table:
    columns: dict[str, list[str | None]] = {"unique_id": [row.id for row in rows]}
    for name in ("surname", "given", "patronymic", "birthplace", "unit"):
        columns[name] = [_romanised(getattr(row, name)) or None for row in rows]
    columns["dob"] = [_day(row.dob) for row in rows]
    return pa.table(columns)


def _romanised(text: str) -> str:
    return translitua.translit(text, translitua.UkrainianKMU).lower().replace("'", "").strip()


def _day(dob: str) -> str | None:
    born = born_of(dob)
    if born is None or not born.is_full:
        return None
    return f"{born.year}-{born.month:02}-{born.day:02}"


def _one_to_one(rows: list[tuple[str, str, float]]) -> list[tuple[str, str]]:
    """Return the pairs, the best first, in which each row stands once."""
    chosen, seen = [], set[str]()
    for left, right, _ in rows:
        a, b = (left, right) if left.startswith("a") else (right, left)
        if not {a, b} & seen:
            seen |= {a, b}
            chosen.append((a, b))
    return chosen


def _best(
    ordered: list[tuple[str, str]], *, truth: frozenset[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return as many of the first pairs as give the best F1."""
    right, best, count = 0, 0.0, 0
    for place, pair in enumerate(ordered, 1):
        right += pair in truth
        score = 2 * right / (place + len(truth))
        best, count = max((best, count), (score, place))
    return set(ordered[:count])
