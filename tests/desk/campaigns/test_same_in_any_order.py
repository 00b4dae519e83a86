"""Filing in any order, with messages that come later, gives the groups and links of a rebuild."""

import random
from datetime import date, timedelta

import pytest

from oberih.campaigns.facts import Facts
from oberih.campaigns.models import Clue, Contact, Group, ScriptLink, Sighting
from oberih.campaigns.states import CaseId
from oberih.campaigns.taking import let_go, live_book, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = date(2026, 11, 2)
WORDS = [f"слово{letter}{other}" for letter in "абвгдежзик" for other in "лмнопрстуф"]
SEEDS = range(4)
SUMS = ("name", "contacts", "families", "quarantined", "first_day", "third_day", "last_day")


def cases(chance: random.Random, *, count: int = 24) -> list[Facts]:
    """Return invented cases: three scripts with changed words, shared numbers and pictures."""
    scripts = [chance.sample(WORDS, 14) for _ in range(3)]
    return [one_case(chance, number=number, scripts=scripts) for number in range(count)]


def one_case(chance: random.Random, *, number: int, scripts: list[list[str]]) -> Facts:
    chosen = chance.choice(scripts)
    script = [chance.choice(WORDS) if chance.random() < 0.2 else one for one in chosen]
    alone = chance.sample(WORDS, 12)
    picture = chance.choice(["00ff00ff00ff00ff", "00ff00ff00ff00fe", "1234567812345678"])
    return Facts(
        case=CaseId(f"C{number:03d}-0000"),
        family=f"F{chance.randrange(30):03d}",
        day=DAY + timedelta(days=chance.randrange(20)),
        tactics=tuple(chance.sample(["P1", "H1", "C1", "K1", "M1"], 4)),
        texts=(" ".join(chance.choice([script, alone])),),
        identifiers=frozenset({f"phone:+3805000000{chance.randrange(60):02d}"}),
        pictures=frozenset({picture} if chance.random() < 0.2 else ()),
    )


def stands() -> dict[str, object]:
    """Return everything that follows from the cases, without row numbers."""
    book = live_book()
    near = Sighting.objects.filter(clue__book=book)
    clues = Clue.objects.filter(book=book)
    links = ScriptLink.objects.filter(book=book)
    groups = Group.objects.filter(book=book).order_by("name")
    return {
        "contacts": list(
            Contact.objects.order_by("case").values_list(
                "case", "component", "group", "is_held", "is_apart"
            )
        ),
        "clues": sorted(clues.values_list("kind", "value", "families", "joins")),
        "near": sorted(near.values_list("clue__value", "contact__case", "is_near")),
        "links": sorted(links.values_list("one__rank", "one__best", "other__rank", "strength")),
        "groups": list(groups.values_list(*SUMS)),
    }


def filed(all_of_them: list[Facts]) -> dict[str, object]:
    for case in Contact.objects.values_list("case", flat=True):
        let_go(CaseId(case), book=live_book())
    for facts in all_of_them:
        take_in(facts, book=live_book())
    return stands()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_reports_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # invented cases
    ordered = cases(chance)
    shuffled = chance.sample(ordered, len(ordered))

    assert filed(ordered) == filed(shuffled)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_came_and_went_leaves_no_trace(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # invented cases
    everything = cases(chance)
    kept = everything[::2]
    expected = filed(kept)
    filed(everything)

    for facts in everything[1::2]:
        let_go(facts.case, book=live_book())

    assert stands() == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_a_case_that_grows_ends_where_a_whole_one_does(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # invented cases
    whole = cases(chance)
    expected = filed(whole)
    for case in whole:
        let_go(case.case, book=live_book())

    for facts in whole:
        take_in(Facts(facts.case, facts.family, facts.day, texts=facts.texts), book=live_book())
    for facts in chance.sample(whole, len(whole)):
        take_in(facts, book=live_book())

    assert stands() == expected


def test_scripts_and_numbers_join_and_strangers_stay_alone() -> None:
    filed(cases(random.Random(1)))  # noqa: S311  # the same

    sizes = sorted(Group.objects.values_list("contacts", flat=True))
    assert sizes[0] == 1
    assert sizes[-1] >= 6
