"""A long list: one part of one size is fetched, or all of it where she would rather."""

import httpx
import pytest

from oberih.client.lookup import Asking, look_up
from oberih.core.identifiers import parse
from oberih.crypto import buckets
from oberih.crypto.manifest import Form, bucket_path
from oberih.front import published
from tests.lookup.conftest import Place, fed
from tests.lookup.watching import NOT_KNOWN, REPORTED, SALT, Recording, Watch

MANY = tuple(f"+380 67 000 {count // 100:02} {count % 100:02}" for count in range(60))
WHOLE = Asking(prefer=Form.WHOLE)


@pytest.fixture
def long_list(place: Place) -> Watch:
    return fed(place, listed=(REPORTED, *MANY), form=Form.BUCKETS, is_beside=True)


def lists_fetched(recording: Recording) -> list[str]:
    paths = [str(one[1]) for one in recording.seen]
    return [path for path in paths if path.startswith("/published/watch-list/")]


def test_one_question_fetches_one_bucket_and_nothing_else_of_the_list(
    place: Place, long_list: Watch
) -> None:
    recording = Recording()
    look_up([REPORTED], front=place.client(transport=recording))

    bucket = buckets.bucket_of(parse(REPORTED), salt=SALT, bits=3)
    path = bucket_path(long_list.epoch, bits=3, bucket=bucket)
    assert lists_fetched(recording) == [f"/published/{path}"]


def test_an_account_on_a_number_fetches_no_second_bucket(place: Place, long_list: Watch) -> None:
    recording = Recording()
    (answer,) = look_up(["wa.me/380500000001"], front=place.client(transport=recording))

    assert (answer.outcome.value, len(lists_fetched(recording))) == ("reported", 1)
    assert long_list.epoch


def test_who_would_rather_fetch_all_fetches_all(place: Place, long_list: Watch) -> None:
    recording = Recording()
    front = place.client(transport=recording)
    answers = look_up([REPORTED, NOT_KNOWN], front=front, asking=WHOLE)

    assert [one.outcome.value for one in answers] == ["reported", "not known"]
    assert lists_fetched(recording) == [f"/published/watch-list/{long_list.epoch}.bin"]


def test_where_no_whole_list_lies_the_bucket_is_fetched(place: Place) -> None:
    fed(place, listed=(REPORTED, *MANY), form=Form.BUCKETS)

    (answer,) = look_up([REPORTED], front=place.client(), asking=WHOLE)

    assert answer.outcome.value == "reported"


def test_a_whole_list_beside_buckets_is_held_to_its_own_hash(
    place: Place, long_list: Watch
) -> None:
    place.operator.write(f"watch-list/{long_list.epoch}.bin", bytes(61 * 12))

    (answer,) = look_up([REPORTED], front=place.client(), asking=WHOLE)

    assert answer.outcome.value == "could not check"


def test_another_bucket_in_place_of_hers_is_refused(place: Place, long_list: Watch) -> None:
    mine = buckets.bucket_of(parse(REPORTED), salt=SALT, bits=3)
    paths = [bucket_path(long_list.epoch, bits=3, bucket=one) for one in (mine, mine ^ 1)]
    folder = place.operator.folder / "front" / "published"
    (folder / paths[0]).write_bytes((folder / paths[1]).read_bytes())

    (answer,) = look_up([REPORTED], front=place.client())

    assert answer.outcome.value == "could not check"


def test_buckets_are_as_long_as_each_other_also_for_a_reader_that_takes_brotli(
    place: Place, long_list: Watch
) -> None:
    folder = place.operator.folder / "front" / "published"
    lengths = set()
    for bucket in range(8):
        path = bucket_path(long_list.epoch, bits=3, bucket=bucket)
        written = (folder / path).read_bytes()
        published.publish(published.read_path(path), content=written, folder=folder)
        with httpx.stream(
            "GET", f"{place.front.address}/published/{path}", headers={"Accept-Encoding": "br"}
        ) as answer:
            lengths.add((len(b"".join(answer.iter_raw())), answer.headers.get("content-encoding")))

    assert len(lengths) == 1
    assert lengths.pop()[1] is None
