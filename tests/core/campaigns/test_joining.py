"""Groups follow from the links alone; whom a person keeps apart never meets in one."""

import random
from itertools import pairwise

import pytest

from oberih.campaigns.joining import Edge, joined


def chain(*names: str) -> list[Edge]:
    return [Edge(one, other, 1.0) for one, other in pairwise(names)]


def test_what_is_linked_is_one_group_named_after_the_least() -> None:
    found = joined("cab", edges=chain("c", "clue", "a"), apart=())

    assert found.groups == {"a": "a", "b": "b", "c": "a"}


def test_a_kept_apart_pair_splits_at_the_weakest_link() -> None:
    edges = [Edge("a", "x", 0.9), Edge("x", "b", 0.2), Edge("b", "y", 0.8), Edge("y", "c", 0.8)]

    found = joined("abc", edges=edges, apart=[("a", "b")])

    assert found.groups == {"a": "a", "b": "b", "c": "b"}
    assert found.components == {"a": "a", "b": "a", "c": "a"}


@pytest.mark.parametrize("seed", range(20))
def test_no_order_of_links_changes_the_groups_or_joins_the_kept_apart(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # invented links
    cases = [f"c{number:02d}" for number in range(30)]
    edges = [
        Edge(*sorted(chance.sample(cases, 2)), chance.choice([0.3, 0.5, 1.0])) for _ in "x" * 40
    ]
    apart = [tuple(sorted(chance.sample(cases, 2))) for _ in range(6)]

    found = joined(cases, edges=edges, apart=apart)  # type: ignore[arg-type]  # pairs
    shuffled = joined(
        chance.sample(cases, 30),
        edges=chance.sample(edges, 40),
        apart=apart[::-1],  # type: ignore[arg-type]  # the same
    )

    assert found == shuffled
    assert all(found.groups[one] != found.groups[other] for one, other in apart)
