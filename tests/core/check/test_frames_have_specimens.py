import pytest
import yaml

from oberih.check.frames import reading_of
from oberih.check.rules import Frame, load
from oberih.check.specimens import TARGET, fills, specimens

ALL = list(specimens(load()))


@pytest.mark.parametrize(("frame", "text", "expected"), ALL, ids=range(len(ALL)))
def test_a_frame_is_filled_by_its_example_and_not_by_the_calm_one(
    frame: Frame, text: str, *, expected: bool
) -> None:
    reading = reading_of(text, rules=load(), mine=True)

    assert fills(frame, reading=reading) is expected


def test_every_frame_names_its_source() -> None:
    rows = yaml.safe_load(TARGET.read_text(encoding="utf-8"))

    assert set(rows) == {frame.name for frame in load().frames}
    assert all(row["source"] for row in rows.values())
