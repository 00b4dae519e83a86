"""Shares of what arrived: Wilson's interval, and what counts as proof."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oberih.register.arrivals import shares, wilson
from oberih.register.exchange_states import Proof

MARCH, APRIL = date(2024, 3, 9), date(2024, 4, 9)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_wilson_s(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of=of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(pair: tuple[int, int]) -> None:
    count, of = pair

    low, high = wilson(count, of=of)

    assert 0 <= low <= count / of + 1e-12
    assert count / of - 1e-12 <= high <= 1


def test_nothing_sent_has_no_share() -> None:
    with pytest.raises(ValueError, match="0"):
        wilson(0, of=0)


def test_what_a_censored_letter_states_is_no_proof() -> None:
    rows = [("А", MARCH, Proof.CARRIER), ("А", MARCH, Proof.STATED), ("А", APRIL, Proof.NONE)]

    march, april = shares(rows)

    assert (march.sent, march.proven, march.stated) == (2, 1, 1)
    assert (april.month, april.proven, april.part) == (date(2024, 4, 1), 0, 0.0)
