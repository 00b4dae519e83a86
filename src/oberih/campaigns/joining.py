"""Cases to groups: what is linked belongs together, unless a person said that two do not.

The strongest edges join first; an edge that would bring two cases together which a person keeps
apart is left out. The answer depends on the edges alone, never on the order in which they came.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ACCEPTED = 2.0
"""The strength of a link that a person accepted: above everything found by itself."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that belong together; a node is a case, a clue or a wording, named by its value."""

    one: str
    other: str
    strength: float


@dataclass(frozen=True, slots=True)
class Joined:
    """Each case with its component (everything linked) and its group (nobody kept apart in it)."""

    components: Mapping[str, str]
    groups: Mapping[str, str]


Pair = tuple[str, str]


def joined(cases: Iterable[str], *, edges: Iterable[Edge], apart: Iterable[Pair]) -> Joined:
    """Return the cases' components and groups, each named after the least of its cases."""
    listed = sorted(set(cases))
    ordered = sorted(edges, key=lambda edge: (-edge.strength, edge.one, edge.other))
    kept_apart = list(apart)
    components = _labels(listed, edges=ordered, apart=())
    if not kept_apart:
        return Joined(components, components)
    return Joined(components, _labels(listed, edges=ordered, apart=kept_apart))


@dataclass(slots=True)
class _Forest:
    parents: dict[str, str] = field(default_factory=dict)
    watched: dict[str, set[str]] = field(default_factory=dict)
    forbidden: dict[str, set[str]] = field(default_factory=dict)

    def root(self, node: str) -> str:
        top = node
        while self.parents.get(top, top) != top:
            top = self.parents[top]
        while self.parents.get(node, node) != top:
            self.parents[node], node = top, self.parents[node]
        return top

    def join(self, edge: Edge) -> None:
        one, other = self.root(edge.one), self.root(edge.other)
        if one == other or self.forbidden.get(one, set()) & self.watched.get(other, set()):
            return
        self.parents[other] = one
        for sets in (self.watched, self.forbidden):
            if other in sets:
                sets.setdefault(one, set()).update(sets.pop(other))

    def keep_apart(self, pair: Pair) -> None:
        for own, other in (pair, pair[::-1]):
            self.watched.setdefault(own, set()).add(own)
            self.forbidden.setdefault(own, set()).add(other)


def _labels(cases: list[str], *, edges: list[Edge], apart: Iterable[Pair]) -> dict[str, str]:
    forest = _Forest()
    for pair in apart:
        forest.keep_apart(pair)
    for edge in edges:
        forest.join(edge)
    least: dict[str, str] = {}
    for case in cases:
        least.setdefault(forest.root(case), case)
    return {case: least[forest.root(case)] for case in cases}
