from oberih.check import validate
from oberih.check.figures import frozen_splits, interval, share
from oberih.check.lessons import lessons
from oberih.check.quality import REPORT, report


def test_the_committed_report_card_is_what_the_engine_does() -> None:
    committed = REPORT.read_text(encoding="utf-8")

    assert all(split.digest() in committed for split in frozen_splits())
    assert report() == committed


def test_the_committed_cross_validation_is_of_the_committed_training_texts() -> None:
    committed, texts = validate.REPORT.read_text(encoding="utf-8"), list(lessons())

    assert f"from {len(texts):,} training texts" in committed
    assert f"`{validate.digest_of(texts)}`" in committed


def test_intervals_are_those_of_the_published_table() -> None:
    low, high = interval(0, 10)

    assert low == 0.0
    assert round(high, 4) == 0.3085


def test_a_share_names_its_counts() -> None:
    assert share(1, 4) == "1 of 4: 25.0 % (0.6 to 80.6)"
