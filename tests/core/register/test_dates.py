"""A date of birth is read however a list writes it; what is no date says nothing."""

import pytest

from oberih.register.linkage.dates import Born, born_of


@pytest.mark.parametrize(
    "written",
    [
        "1985-05-07", "07.05.1985", "7/5/85", "7 травня 1985", "7 мая 1985 г.", "May 7 1985",
        "19850507", "1985-05-07 00:00:00", "07.05.1985р.", "7.5.1985 р.н.", "31174", "31174.0",
    ],
)  # fmt: skip
def test_one_day_is_read_in_every_style(written: str) -> None:
    assert born_of(written) == Born(1985, 5, 7)


@pytest.mark.parametrize(
    "written", ["1985", "1985 р.н.", "01.01.1985", "05.1985", "1985-05", "00.00.1985", "1985.0"]
)
def test_what_tells_the_year_alone_is_a_year(written: str) -> None:
    assert born_of(written) == Born(1985)


@pytest.mark.parametrize("written", ["", "невідомо", "99999", "12345678", "31.12.3000"])
def test_what_is_no_date_says_nothing(written: str) -> None:
    assert born_of(written) is None


def test_a_month_that_cannot_be_one_is_the_day() -> None:
    assert born_of("05/23/1985") == Born(1985, 5, 23)
