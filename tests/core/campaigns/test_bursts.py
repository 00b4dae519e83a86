"""A burst is what a series' own past does not explain."""

from itertools import pairwise

import pytest

from oberih.campaigns.bursts import DAYS, HISTORY, is_burst, judged, tail

QUIET = [0] * DAYS


def rising(*last: int, past: list[int] | None = None) -> list[int]:
    days = list(past or QUIET)
    days[-len(last) :] = last
    return days


def test_a_quiet_series_that_gets_three_contacts_in_three_days_is_an_alarm() -> None:
    assert is_burst(judged(rising(1, 1, 1)), series=1)


def test_two_contacts_are_never_an_alarm() -> None:
    assert not is_burst(judged(rising(0, 1, 1)), series=1)


def test_as_many_as_always_is_no_alarm() -> None:
    assert not is_burst(judged(rising(4, 5, 4, past=[4, 5, 4, 3] * 15 + [4, 5])), series=1)


def test_the_days_just_before_are_not_the_past() -> None:
    begun = rising(5, 5, 5, 5, 5, 5)

    assert is_burst(judged(begun), series=300)


def test_more_series_ask_for_less_likely_alarms() -> None:
    found = judged(rising(1, 1, 1))

    assert is_burst(found, series=300)
    assert not is_burst(found, series=300_000)


@pytest.mark.parametrize("variance", [0.0, 2.0, 7.5])
def test_the_tail_is_a_probability_that_falls(variance: float) -> None:
    tails = [tail(seen, mean=2.0, variance=variance) for seen in range(30)]

    assert tails[0] == 1.0
    assert all(1 >= one > other > 0 for one, other in pairwise(tails))


def test_the_tail_is_the_published_one() -> None:
    poisson = tail(5, mean=2.0, variance=0.0)
    geometric = tail(3, mean=1.0, variance=2.0)

    assert poisson == pytest.approx(0.052653017, abs=1e-9)  # 1 - P(X <= 4), rate 2
    assert geometric == pytest.approx(0.125)  # the geometric distribution with p = 1/2
    assert HISTORY == 56
