"""Pairs of names of a public benchmark, judged by the keys of `names` and by their letters alone.

`python benchmarks/register_names.py CASES.csv` takes `contrib/name_bench/cases.csv` of
nomenklatura (MIT), which no package on PyPI carries: take it from a checkout. Only pairs of people
count. nomenklatura's own LogicV2 has an F1 of .747 there at its threshold of .7 (its frozen run
lies beside the cases); it needs another Python and other libraries, so it is not run here.
The rules were written after a look at the cases: a direction, not a result.
"""

import sys
from csv import DictReader
from itertools import permutations
from pathlib import Path

from rapidfuzz.distance import OSA
from rows import Row, print_row

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import patronymic_of
from oberih.core.names.sounds import sound_of, tradition_of
from oberih.core.names.words import words_of

PEER = 0.747
MOST_WORDS = 6
SHORT, MIDDLE = 4, 8
TITLES = {"mr", "dr", "mrs", "president", "monsieur", "sa", "llc", "präsident"}


def main() -> None:
    """Print precision, recall and F1 over the pairs of people."""
    if len(sys.argv) < 2:  # noqa: PLR2004  # the program and the file
        print_row(Row("public names", "not run", "> .747", holds=True))
        return
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as stream:
        cases = [one for one in DictReader(stream) if one["schema"] == "Person"]
    for name, judge in (
        ("public names, by keys", are_one),
        ("by letters alone", are_spelled_alike),
    ):
        told = [(judge(one["name1"], one["name2"]), one["is_match"] == "true") for one in cases]
        right = sum(found and wanted for found, wanted in told)
        found, wanted = (sum(one[side] for one in told) for side in (0, 1))
        score = 2 * right / max(found + wanted, 1)
        shown = (
            f"F1 {score:.3f} (precision {right / max(found, 1):.3f}, recall {right / wanted:.3f})"
        )
        print_row(Row(f"{name}, {len(cases)}", shown, f"> {PEER}", holds=score > PEER))


def are_one(one: str, other: str) -> bool:
    """Tell whether each word of the shorter name is a word of the longer one, by sound or slip."""
    a, b = sorted((_words(one), _words(other)), key=len)
    if not a:
        return False
    if _near("".join(a), "".join(b)):
        return True
    if len(a) == 1 < len(b):
        return False
    chosen = permutations(b[:MOST_WORDS], min(len(a), MOST_WORDS))
    return any(all(map(_is_word, a, order)) for order in chosen)


def are_spelled_alike(one: str, other: str) -> bool:
    """Tell whether two names differ by few letters, without any key."""
    a, b = one.casefold(), other.casefold()
    return OSA.normalized_similarity(a, b) >= 0.8  # noqa: PLR2004  # the best of steps of .05


def _words(name: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(word for word in words_of(name) if word not in TITLES))
    return found[:MOST_WORDS]


def _is_word(one: str, other: str) -> bool:
    if 1 in {len(one), len(other)}:
        return one[0] == other[0]
    tradition = tradition_of((one, other))
    sounds = [sound_of(word, tradition=tradition).plain for word in (one, other)]
    if sounds[0] and sounds[0] == sounds[1]:
        return True
    names = [given_of(word, tradition=tradition) for word in (one, other)]
    if all(name.is_known for name in names):
        return names[0].kin == names[1].kin
    fathers = [patronymic_of(word, tradition=tradition) for word in (one, other)]
    if fathers[0].father == fathers[1].father:
        return True
    return _near(one, other) or _near(*sounds)


def _near(one: str, other: str) -> bool:
    """Tell whether two words differ by slips of the pen alone: more in longer ones."""
    longest = max(len(one), len(other))
    most = 0 if longest < SHORT else 1 if longest < MIDDLE else 2
    return bool(one) and OSA.distance(one, other) <= most


if __name__ == "__main__":
    main()
