"""The linkage's report card as a page: what was measured, on what, and what it does not show."""

import hashlib
import statistics
from pathlib import Path

from names_translator.dicts import NameDicts

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import patronymic_of
from oberih.core.names.surnames import surname_of
from oberih.core.names.words import words_of

KEYS = ("precision", "recall", "F1", "candidate recall")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "register-linkage.md"
HEAD = """# How well the register links lists

Made by `python benchmarks/register.py --card`; deterministic, so it changes only with the
program. Times stand in `make bench`. Everything below is measured through `oberih register link`,
on invented people: **lists made by a program's author are a direction, not a result.** Training
makes its own surnames, tables and noise (`src/oberih/register/training`); the card takes names
from `names-translator` (Ukrainian registers) and Latin spellings from `translitua` and `iuliia`,
all by others (`benchmarks/register_lists.py`). Given names and the standards among the tables are
the same in both, and some surnames will be. The card's lists are not blind either: rules were
improved by looking at what other seeds of them missed.

Two lists of 10,000 rows share 5,000 people; five seeds. The first is written by kin in Ukrainian
(75 %) and Russian, the second by a foreign office in Russian (50 %), Latin (40 %, some thirty
tables) and Ukrainian. Of a hundred rows 5 have a slip of the pen in the surname, 10 or 35 no
patronymic, 5 no date, 12 a date that is wrong or in part, 30 no place, 40 no unit, 2 surname and
given name swapped; one person in thirty has a brother, one in two hundred a full namesake on the
lists.

**The threshold** is the command's own when nobody names one: the least at which, by the
probabilities of these two lists, fewer than four of 1,000 links are wrong by three quarters of a
standard deviation (half a link always may), and never below .55. What share of rows both have and
how often strangers look alike here are read from the lists. These numbers, the share of namesakes
(.008) and the steps of the fit were chosen on lists of training (4,000 to 30,000 rows; 50, 15 and
10 % in common) and on development seeds (1 to 9 and 51 to 61 of these lists, 1 to 3, 21 to 25 and
51 to 66 of the third hand, and mixes of its habits that are not shown); the seeds below were not
used.

"""
SHOWN = {
    "kin and a foreign office": "Kin against a foreign office, 10,000 rows each, half in common",
    "small against large": "2,000 rows against 20,000, of which 1,000 are in both",
    "few in common": "10,000 rows each, of which 1,000 are in both",
}


Scores = dict[str, float]


def write_card(
    seeds: list[Scores], *, peers: dict[str, Scores], third: dict[tuple[str, int], Scores]
) -> None:
    """Write the page."""
    lines = spread(seeds)
    lines += ["", "The same lists (first seed) by other means:", ""]
    lines += ["| | precision | recall | F1 |", "|---|---|---|---|"]
    for name, score in peers.items():
        lines.append(f"| {name} | " + " | ".join(f"{score[key]:.4f}" for key in KEYS[:3]) + " |")
    told = [*lines, "", *by_third_hand(third), "", *equality(), TAIL]
    PAGE.write_text(HEAD + "\n".join(told), encoding="utf-8")


def spread(seeds: list[Scores]) -> list[str]:
    """Return the middle, the least and the most of some seeds as a table."""
    lines = ["| | middle | least | most |", "|---|---|---|---|"]
    for key in KEYS:
        found = sorted(one[key] for one in seeds)
        middle = statistics.median(found)
        lines.append(f"| {key} | {middle:.4f} | {found[0]:.4f} | {found[-1]:.4f} |")
    return lines


def by_third_hand(third: dict[tuple[str, int], Scores]) -> list[str]:
    """Return the scores on the lists of a third hand."""
    drawn = [name for name, _ in third]
    lines, alone = [THIRD], ["", "Other lists of the third hand, one seed each:", ""]
    alone += ["| | " + " | ".join(KEYS) + " |", "|---|---|---|---|---|"]
    for name in dict.fromkeys(drawn):
        scores = [one for (named, _), one in third.items() if named == name]
        if len(scores) > 1:
            lines += [f"{SHOWN[name]}, five seeds:", "", *spread(scores), ""]
        else:
            alone.append(f"| {name} | " + " | ".join(f"{scores[0][k]:.4f}" for k in KEYS) + " |")
    return lines[:-1] + alone


def equality() -> list[str]:
    """Return how often a name's key is the same in Ukrainian and in Russian, by others' tables.

    Only the half of the tables that was never looked at counts.
    """
    lines = ["The same key for a Ukrainian name and its Russian form (the half of the tables of"]
    lines += ["`names-translator` that nobody looked at while the keys were written):", ""]
    lines += ["| | names | equal |", "|---|---|---|"]
    for title, pool in (("given", "first"), ("patronymic", "patronymic"), ("surname", "last")):
        pairs = [(uk, ru[0]) for uk, ru in NameDicts().as_dict(pool).items() if is_unseen(uk)]
        same = sum(key(uk, pool=pool) == key(ru, pool=pool) for uk, ru in pairs)
        lines.append(f"| {title} | {len(pairs):,} | {same / len(pairs):.4f} |")
    return lines


def is_unseen(name: str) -> bool:
    """Tell whether a name belongs to the half that counts."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def key(name: str, *, pool: str) -> tuple[str, ...]:
    """Return what the linkage compares of a name."""
    words = words_of(name)
    if pool == "last":
        return (surname_of(words).whole.plain,)
    if pool == "first":
        return tuple(given_of(word).name for word in words)
    return tuple(patronymic_of(word).father for word in words)


THIRD = """## A third hand

`benchmarks/register_strangers.py` was written as an outside judge would, and run, before the rules
were mended by it: other surnames (of the same registers), given names, places and units, spellings
by 23 offices with context, declined names, short forms, renamed towns, unit codes, day and month
changed over, up to three look-alike letters in a word, brothers (3.5 %), twins (0.3 %), fathers and
sons (0.9 %), full namesakes (0.8 %). Rules and training were then mended by what its seeds 1 to 3
missed; the seeds below (71 to 75) were run for this card alone.

"""
TAIL = """
What is missed: rows that share a name and nothing else (no date, no place, no unit on one side);
initials with a wrong date; two slips of the pen in a short surname. What is wrongly linked: full
namesakes and brothers where the man himself is not on the other list. No threshold removes these;
a person looks at every link, and nothing is accepted by itself.
"""
