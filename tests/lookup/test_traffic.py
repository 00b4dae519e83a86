"""What travels tells nothing: listed, not listed and official look alike; a transcript too."""

from collections.abc import Sequence

import pytest

from oberih.client.lookup import look_up
from oberih.core.identifiers import parse
from oberih.crypto.blind_questions import PATH, BlindQuestion
from oberih.crypto.manifest import Form
from oberih.crypto.voprf import EvaluationKey, Mode
from tests.lookup.conftest import Place, fed
from tests.lookup.watching import NOT_KNOWN, OFFICIAL, REPORTED, Recording

SAMPLES = 201
KINDS = (REPORTED, NOT_KNOWN, OFFICIAL)


def recorded(place: Place, *texts: str) -> Recording:
    recording = Recording()
    look_up(texts, front=place.client(transport=recording))
    return recording


def shapes(place: Place, *, of: str, many: int) -> set[tuple[tuple[object, ...], ...]]:
    return {tuple(recorded(place, of).seen) for _ in range(many)}


@pytest.mark.parametrize("form", [Form.WHOLE, Form.BUCKETS])
def test_listed_unknown_and_official_have_the_same_sizes_and_shapes(
    place: Place, form: Form
) -> None:
    fed(place, listed=(REPORTED, *(f"+380 67 000 00 {n:02}" for n in range(40))), form=form)

    seen = [shapes(place, of=kind, many=SAMPLES // len(KINDS)) for kind in KINDS]

    if form is Form.BUCKETS:  # which bucket is fetched is what a long list gives away: no more
        seen = [{without_names(one) for one in kind} for kind in seen]
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 1


def without_names(shape: Sequence[tuple[object, ...]]) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (one[0], "bucket", *one[2:]) if "watch-list/" in str(one[1]) else one for one in shape
    )


@pytest.mark.parametrize(("many", "size"), [(1, 133), (2, 133), (4, 133), (5, 325), (10, 325)])
def test_a_batch_is_filled_up_to_four_or_ten(place: Place, many: int, size: int) -> None:
    fed(place)
    recording = recorded(place, *(f"+380 50 000 02 {number:02}" for number in range(many)))

    sizes = [len(body) for body, _ in recording.bodies if body]

    assert sizes == [size]


def test_the_same_question_never_looks_the_same_twice(place: Place) -> None:
    fed(place)
    elements = [one for _ in range(10) for one in asked(recorded(place, REPORTED)).elements]

    assert len(set(elements)) == 40


def test_a_transcript_holds_an_epoch_and_random_elements_and_nothing_else(place: Place) -> None:
    watch = fed(place)
    recording = recorded(place, REPORTED)
    ((body, answer),) = [pair for pair in recording.bodies if pair[0]]

    read = BlindQuestion.read(body)

    assert bytes(read) == body == watch.epoch.to_bytes(4, "big") + b"\4" + b"".join(read.elements)
    assert len(answer) == 4 * 32 + 64
    assert [one[1] for one in recording.seen if one[0] == "POST"] == [PATH]


def test_with_the_key_gone_trying_every_number_finds_nothing_in_a_list(place: Place) -> None:
    """Old list and whole transcript are known, and the key of today: the tags stay random."""
    watch = fed(place)
    tag = watch.entry(parse(REPORTED))[:8]
    watch.key = EvaluationKey.generate(mode=Mode.VOPRF)

    tried = [watch.entry(parse(f"+380 50 000 00 {last:02}"))[:8] for last in range(100)]

    assert tag not in tried


def test_the_processes_write_nothing_of_a_question(place: Place) -> None:
    fed(place)
    recorded(place, REPORTED)

    assert [one.told for one in (place.front, place.lookup, place.courier)] == ["", "", ""]


def asked(recording: Recording) -> BlindQuestion:
    (body,) = [body for body, _ in recording.bodies if body]
    return BlindQuestion.read(body)
