"""What is read from two lists before their links are believed, and which threshold follows."""

from random import Random

import numpy as np
import pytest

from oberih.register.linkage.assignment import Lengths, Sides, marginals
from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.deciding import Evidence, decide, threshold_of
from oberih.register.linkage.levels import FIELDS
from oberih.register.linkage.model import load_model
from oberih.register.linkage.surprise import surprise

MODEL = load_model()
LENGTHS = Lengths(2_000, 2_000)


def pairs(*told: tuple[int, int, float, float]) -> Candidates:
    """Return pairs of two rows each with what the surname and the date add."""
    a, b = (np.array([one[at] for one in told], np.int32) for at in (0, 1))
    fields = {field.name: np.zeros(len(told)) for field in FIELDS}
    fields["surname"] = np.array([one[2] for one in told])
    fields["dob"] = np.array([one[3] for one in told])
    return Candidates(a, b, tuple(fields.values()))


def crowd(*, alike: int) -> Candidates:
    """Return a thousand firm links, of whom some have a stranger who looks fair too."""
    firm = [(n, n, 20.0, 12.0) for n in range(1_000)]
    chance = Random(3)  # noqa: S311  # invented
    fair = [(n, chance.randrange(1_000, 2_000), 6.0, 5.0) for n in range(alike)]
    lonely = [(1_000 + n, 1_000 + n, 6.0, 5.0) for n in range(60)]
    return pairs(*firm, *fair, *lonely)


def test_however_rare_a_name_it_outweighs_no_namesake() -> None:
    evidence = Evidence.of(pairs((0, 0, 40.0, 0.0), (1, 1, 40.0, 9.0)))

    power = evidence.power(0.5, model=MODEL, lengths=LENGTHS)

    assert power[0] == pytest.approx(np.log2(0.5 / MODEL.namesakes), abs=0.01)
    assert power[1] == pytest.approx(power[0] + 9, abs=0.01)


def test_many_strangers_who_look_alike_make_the_same_pair_less_likely() -> None:
    few, many = (decide(crowd(alike=one), model=MODEL, lengths=LENGTHS) for one in (0, 600))

    assert many.probability[-1] < few.probability[-1]


def test_one_request_alone_tells_nothing_of_strangers() -> None:
    power = np.array([20.0, 3.0])
    sides = Sides(np.zeros(2, np.int32), np.array([0, 1], np.int32), Lengths(1, 2))

    assert surprise(marginals(power, sides=sides), power=power, sides=sides) == pytest.approx(
        0, abs=0.2
    )


@pytest.mark.parametrize("doubtful", [0.6, 0.8, 0.95])
def test_the_threshold_leaves_out_what_would_spoil_the_share_that_is_right(doubtful: float) -> None:
    probability = np.array([0.999] * 3_000 + [doubtful] * 1_000)

    threshold = threshold_of(probability, model=MODEL)

    assert doubtful < threshold <= doubtful + 0.011
    assert threshold_of(probability[:3_010], model=MODEL) == MODEL.threshold


def test_a_short_list_may_have_half_a_link_wrong() -> None:
    assert threshold_of(np.array([0.7]), model=MODEL) == MODEL.threshold
    assert threshold_of(np.array([]), model=MODEL) == MODEL.threshold
