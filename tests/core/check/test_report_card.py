import pytest

from oberih.check import left_out, validate
from oberih.check.figures import frozen_splits, interval, share
from oberih.check.lessons import lessons
from oberih.check.quality import REPORT, report


@pytest.mark.timeout(2400)
def test_the_committed_report_card_is_what_the_engine_does() -> None:
    committed = REPORT.read_text(encoding="utf-8")

    assert all(split.digest() in committed for split in frozen_splits())
    assert report() == committed


def test_the_committed_cross_validation_is_of_the_committed_training_texts() -> None:
    committed, texts = validate.REPORT.read_text(encoding="utf-8"), list(lessons())

    assert f"from {len(texts):,} training texts" in committed
    assert f"`{validate.digest_of(texts)}`" in committed


def test_what_was_left_out_is_of_the_committed_training_texts() -> None:
    committed, texts = left_out.REPORT.read_text(encoding="utf-8"), list(lessons())

    assert f"`{validate.digest_of(texts)}`" in committed
    assert all(f"| {part.name} |" in committed for part in left_out.parts(texts))
    assert committed.strip() in REPORT.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["C3", "I1", "M4"])
def test_a_tactic_is_left_out_with_every_turn_around_it(code: str) -> None:
    texts = list(lessons())

    held = left_out.held_out(texts, part=left_out.Part("tactic", code))

    trains = [one for one, is_held in zip(texts, held, strict=True) if not is_held]
    judges = {one.talk for one, is_held in zip(texts, held, strict=True) if is_held and one.talk}
    assert trains
    assert not any(code in one.tactics or one.talk in judges for one in trains)


def test_intervals_are_those_of_the_published_table() -> None:
    low, high = interval(0, 10)

    assert low == 0.0
    assert round(high, 4) == 0.3085


def test_a_share_names_its_counts() -> None:
    assert share(1, 4) == "1 of 4: 25.0 % (0.6 to 80.6)"
