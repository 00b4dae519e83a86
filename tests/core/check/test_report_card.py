from oberih.check.figures import frozen_splits, interval, share
from oberih.check.quality import REPORT, report


def test_the_committed_report_card_is_what_the_engine_does() -> None:
    committed = REPORT.read_text(encoding="utf-8")

    assert all(split.digest() in committed for split in frozen_splits())
    assert report() == committed


def test_intervals_are_those_of_the_published_table() -> None:
    low, high = interval(0, 10)

    assert low == 0.0
    assert round(high, 4) == 0.3085


def test_a_share_names_its_counts() -> None:
    assert share(1, 4) == "1 of 4: 25.0 % (0.6 to 80.6)"
