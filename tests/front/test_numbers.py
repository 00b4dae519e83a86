from datetime import date

import pytest

from oberih.core.official import numbers_file
from oberih.front import numbers

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_every_number_has_a_name_a_source_and_can_be_dialled(language: str) -> None:
    entries = [
        one
        for group in numbers.groups(numbers_file(), language=language, today=TODAY)
        for one in group.entries
    ]

    assert all(one.name and one.source and one.lines for one in entries)
    assert all(line.dial.lstrip("+").isdigit() for one in entries for line in one.lines)


def test_number_that_nobody_has_called_is_marked() -> None:
    entries = [
        one
        for group in numbers.groups(numbers_file(), language="uk", today=TODAY)
        for one in group.entries
    ]

    assert all(one.stale for one in entries if one.called is None)


def test_lines_of_support_come_first() -> None:
    first = numbers.groups(numbers_file(), language="uk", today=TODAY)[0]

    assert first.code == "support"
    assert "0800332029" in [line.dial for one in first.entries for line in one.lines]
