"""Linkage: how well and how fast two lists are linked, beside what others do; the report card.

`python benchmarks/register.py` prints rows for `make bench`; `--card` writes the report card
(`docs/register-linkage.md`) from lists of 10,000 rows and five seeds. The lists are invented by
`register_lists.py`, of names and with a noise that training did not see.
"""

import resource
import statistics
import sys
import tempfile
import time
import warnings
from csv import reader, writer
from pathlib import Path
from subprocess import run

import numpy as np
import translitua
from rapidfuzz.distance import Levenshtein
from register_card import KEYS, write_card
from register_lists import Lists, Row, lists
from register_splink import by_splink
from register_strangers import SETS, strangers
from rows import Row as Figure
from rows import print_row

from oberih.register.linkage.asking import Listed
from oberih.register.linkage.deciding import threshold_of
from oberih.register.linkage.model import load_model
from oberih.register.linkage.reading import Row as Asked

SEEDS, UNSEEN = (11, 12, 13, 14, 15), (71, 72, 73, 74, 75)
SPREAD = ("kin and a foreign office", "small against large", "few in common")
"""The third hand's sets that are drawn for all five seeds; the others for one."""
LENGTH, LONG = 10_000, 100_000
QUESTIONS = 50
NEAR, YEAR = 0.7, 4
BOUNDS = {"seconds": 90, "memory": 1000, "precision": 0.995, "F1": 0.985, "question": 200}
warnings.simplefilter("ignore", DeprecationWarning)


def main() -> None:
    """Print the figures, or write the report card."""
    if "--card" in sys.argv:
        third = {
            (name, seed): judged_at_once(strangers(name, seed=seed)) for name, seed in unseen()
        }
        first = lists(LENGTH, seed=SEEDS[0])
        write_card([scores(one) for one in made()], peers=peers(first), third=third)
        return
    speed(lists(LONG, seed=SEEDS[0]))
    asking(lists(LONG, seed=SEEDS[0]))


def made() -> list[Lists]:
    """Return one pair of lists a seed."""
    return [lists(LENGTH, seed=seed) for seed in SEEDS]


def scores(both: Lists) -> dict[str, float]:
    """Return precision, recall, F1 at the default threshold, and the share of true candidates."""
    found = linked(both)
    candidates = linked(both, "--threshold", "0")
    return judged(found, both=both) | {KEYS[3]: len(candidates & both.truth) / len(both.truth)}


def unseen() -> list[tuple[str, int]]:
    """Return the third hand's sets with their seeds, none of which was looked at before."""
    spread = [(name, seed) for name in SPREAD for seed in UNSEEN]
    return spread + [(name, UNSEEN[0]) for name in SETS if name not in SPREAD]


def judged_at_once(both: Lists) -> dict[str, float]:
    """Return the same scores from one run that writes every candidate."""
    told = weighed(both)
    found = surely(told)
    candidates = len(told.keys() & both.truth) / len(both.truth)
    return judged(found, both=both) | {KEYS[3]: candidates}


def weighed(both: Lists) -> dict[tuple[str, str], float]:
    """Return every candidate that the command writes, with its probability."""
    with tempfile.TemporaryDirectory() as folder:
        output = linked_to(Path(folder) / "links.csv", both, "--threshold", "0")
        with output.open(newline="") as stream:
            return {(one[0], one[1]): float(one[2]) for one in list(reader(stream))[1:]}


def surely(told: dict[tuple[str, str], float]) -> set[tuple[str, str]]:
    """Return the pairs at the threshold that the command takes when nobody names one."""
    least = threshold_of(np.array([*told.values()]), model=load_model())
    return {pair for pair, probability in told.items() if probability >= least}


def judged(found: set[tuple[str, str]], *, both: Lists) -> dict[str, float]:
    """Return precision, recall and F1 of links."""
    right = len(found & both.truth)
    precision, recall = right / max(len(found), 1), right / len(both.truth)
    return {
        KEYS[0]: precision,
        KEYS[1]: recall,
        KEYS[2]: 2 * right / (len(found) + len(both.truth)),
    }


def linked(both: Lists, *more: str) -> set[tuple[str, str]]:
    """Return the pairs of ids that the command writes."""
    with tempfile.TemporaryDirectory() as folder:
        output = linked_to(Path(folder) / "links.csv", both, *more)
        with output.open(newline="") as stream:
            return {(one[0], one[1]) for one in list(reader(stream))[1:]}


def linked_to(output: Path, both: Lists, *more: str) -> Path:
    """Run the command, and return the file that it wrote."""
    named = (("a", both.a), ("b", both.b))
    files = [written(output.parent / name, rows) for name, rows in named]
    command = [sys.executable, "-m", "oberih.cli", "register", "link", *files, "-o", str(output)]
    run([*command, *more], check=True, capture_output=True)  # noqa: S603  # our own command
    return output


def written(path: Path, rows: list[Row]) -> str:
    """Write a list; return its name."""
    with path.open("w", newline="") as stream:
        out = writer(stream)
        out.writerow(Row._fields)
        out.writerows(rows)
    return str(path)


def peers(both: Lists) -> dict[str, dict[str, float]]:
    """Return how three usual ways do: equality, a distance within one date, and plain Splink."""
    return {
        "equal when romanised": judged(equal(both), both=both),
        "Levenshtein when romanised, within one date": judged(near(both), both=both),
        "Splink's own comparisons when romanised, at the best threshold": judged(
            by_splink(both), both=both
        ),
    }


def romanised(row: Row) -> str:
    """Return a name in Latin letters."""
    name = f"{row.surname} {row.given}"
    return translitua.translit(name, translitua.UkrainianKMU).lower().replace("'", "")


def equal(both: Lists) -> set[tuple[str, str]]:
    """Link rows whose romanised name and date are equal, and alone in being so."""
    places: dict[tuple[str, str], list[str]] = {}
    for row in both.b:
        places.setdefault((romanised(row), digits(row.dob)), []).append(row.id)
    found = ((row.id, places.get((romanised(row), digits(row.dob)), [])) for row in both.a)
    return {(a, found_[0]) for a, found_ in found if len(found_) == 1}


def near(both: Lists) -> set[tuple[str, str]]:
    """Link rows of one date to the nearest romanised name, if it is near enough."""
    dates: dict[str, list[tuple[str, str]]] = {}
    for row in both.b:
        dates.setdefault(digits(row.dob), []).append((romanised(row), row.id))
    found = set()
    for row in both.a:
        name, day = romanised(row), digits(row.dob)
        near_ = max(
            ((Levenshtein.normalized_similarity(name, one), b) for one, b in dates.get(day, ())),
            default=(0.0, ""),
        )
        found |= {(row.id, near_[1])} if day and near_[0] > NEAR else set()
    return found


def digits(dob: str) -> str:
    """Return a date's digits, the year first."""
    parts = dob.replace("/", "-").replace(".", "-").split("-")
    ordered = parts if len(parts[0]) == YEAR else parts[::-1]
    return "".join(one.zfill(2) for one in ordered)


def speed(both: Lists) -> None:
    """Print the time, the memory and the quality of a long link."""
    began = time.perf_counter()
    found = linked(both)
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    memory = used.ru_maxrss / 1024
    score = judged(found, both=both)
    print_row(
        Figure(
            "link 100,000 x 100,000", f"{seconds:.0f} s", "<= 90 s", seconds <= BOUNDS["seconds"]
        )
    )
    cpu = used.ru_utime + used.ru_stime
    print_row(Figure("its CPU", f"{cpu:.0f} s", "", holds=True))
    print_row(Figure("its memory", f"{memory:.0f} MB", "<= 1,000 MB", memory <= BOUNDS["memory"]))
    print_row(
        Figure(
            "its precision",
            f"{score[KEYS[0]]:.4f}",
            ">= .995",
            score[KEYS[0]] >= BOUNDS["precision"],
        )
    )
    print_row(Figure("its F1", f"{score[KEYS[2]]:.4f}", ">= .985", score[KEYS[2]] >= BOUNDS["F1"]))


def asking(both: Lists) -> None:
    """Print what one new request against the whole list costs."""
    with Listed((Asked(*row) for row in both.b), model=load_model()) as listed:
        times = []
        for row in both.a[:QUESTIONS]:
            began = time.perf_counter()
            listed.ask(Asked(*row))
            times.append(1000 * (time.perf_counter() - began))
    middle = statistics.median(times)
    print_row(
        Figure(
            "one request against 100,000",
            f"{middle:.0f} ms",
            "< 200 ms",
            middle < BOUNDS["question"],
        )
    )


if __name__ == "__main__":
    main()
