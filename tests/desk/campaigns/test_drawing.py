"""The graph of a group: never more nodes than a person can read, and what is left out is said."""

from oberih.campaigns.models import Clue
from oberih.campaigns.network import MOST_NODES, Network, Shown
from oberih.desk.campaigns import drawing


def network(*, contacts: int, clues: int) -> Network:
    """Return contacts of which each shows two clues, the first clue shown by all."""
    numbered = tuple(Clue(pk=number, kind="identifier") for number in range(1, clues + 1))
    shown = [Shown(contact, 1, is_near=False) for contact in range(contacts)]
    shown += [Shown(contact, 1 + contact % clues, is_near=False) for contact in range(contacts)]
    return Network(clues=numbered, shown=tuple(shown))


def test_a_graph_has_at_most_300_nodes_and_says_how_many_things_are_left_out() -> None:
    found = network(contacts=250, clues=120)

    drawn = drawing.graph(found, rows={one: one + 1 for one in range(250)}, more=750)

    assert len(drawn.nodes) == MOST_NODES
    assert (drawn.more, drawn.more_clues) == (750, 70)


def test_what_most_contacts_share_is_drawn_first() -> None:
    drawn = drawing.graph(
        network(contacts=299, clues=9), rows={n: n + 1 for n in range(299)}, more=0
    )

    [thing] = [node for node in drawn.nodes if not node.row]
    assert thing.kind == "identifier"
    assert len(drawn.lines) >= 299


def test_the_same_contacts_are_drawn_in_the_same_places() -> None:
    rows = {one: one + 1 for one in range(40)}

    assert drawing.graph(network(contacts=40, clues=5), rows=rows, more=0) == drawing.graph(
        network(contacts=40, clues=5), rows=rows, more=0
    )
