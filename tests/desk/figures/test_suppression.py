"""What is told of a month names no few, and what is held back cannot be found by subtraction."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as some

from oberih.desk.figures.suppression import FEW, WITHHELD, K, told, told_total

TABLES = some.dictionaries(some.text(min_size=1, max_size=3), some.integers(0, 60), max_size=12)


@given(TABLES)
def test_no_count_below_five_is_told(counts: dict[str, int]) -> None:
    shown = told(counts)

    assert all(shown[name] == FEW for name, count in counts.items() if count < K)
    assert all(one in {FEW, WITHHELD} or int(one) % 5 == 0 for one in shown.values())


@given(TABLES)
def test_one_hidden_row_never_stands_alone(counts: dict[str, int]) -> None:
    hidden = [one for one in told(counts).values() if one in {FEW, WITHHELD}]

    assert len(hidden) != 1 or len(counts) == 1


@given(TABLES, some.data())
def test_a_hidden_count_could_as_well_be_another(
    counts: dict[str, int], drawn: some.DataObject
) -> None:
    few = sorted(name for name, count in counts.items() if count < K)
    if not few:
        return
    name = drawn.draw(some.sampled_from(few))

    published = (told(counts), told_total(counts))

    assert any((told(one), told_total(one)) == published for one in alternatives(counts, name))


def alternatives(counts: dict[str, int], name: str) -> Iterator[dict[str, int]]:
    """Yield what the counts could be as well: another value here, the difference elsewhere."""
    for count in set(range(K)) - {counts[name]}:
        yield {**counts, name: count}
        for other in counts.keys() - {name}:
            moved = counts[other] + counts[name] - count
            yield {**counts, name: count, other: max(0, moved)}
