"""Promises of the courier's sudden end: at whatever point, nothing is lost and nothing doubled."""

from collections.abc import Callable, Iterator

import pytest
from desk_cast import Attach, Desk, Died, Family, make_desk
from running_ring import RunningRing

from oberih.desk.filing import Clock
from oberih.desk.front_calls import CollectedAttachment
from oberih.desk.models import Attachment, Case, Message

pytestmark = pytest.mark.django_db(transaction=True)
POINTS = [
    "before acknowledging",
    "after acknowledging",
    "before delivering",
    "after delivering",
]


def begin_again(desk: Desk, ring: RunningRing) -> Desk:
    """Start a new courier over the same database and front."""
    return make_desk(ring, front=desk.front, data=desk.data)


@pytest.mark.parametrize("point", POINTS)
def test_a_report_is_filed_once_and_receipted_once(
    desk: Desk, olha: Family, ring: RunningRing, point: str
) -> None:
    envelope = olha.send()
    desk.front.dies = point
    with pytest.raises(Died):
        desk.turn()

    begin_again(desk, ring).turn()

    assert Case.objects.count() == 1
    assert Message.objects.filter(direction="report").count() == 1
    assert desk.front.filed == {envelope}
    assert [one.body.kind for one in olha.inbox()] == ["received"]


def test_an_end_inside_a_batch_files_none_of_it_and_then_all(
    desk: Desk, family: Callable[[], Family], ring: RunningRing
) -> None:
    for text in ("один", "два", "три"):
        family().send(text)
    drawn = iter([b"12345", b"67890"])
    with pytest.raises(Died):
        desk.courier.turn(clock=Clock(desk.now, lambda _size: next_or_die(drawn)))
    assert Case.objects.count() == 0

    begin_again(desk, ring).turn()

    assert Message.objects.filter(direction="report").count() == 3


@pytest.mark.parametrize("chunk", [0, 2, 3])
def test_a_fetch_of_an_attachment_goes_on_after_the_end(
    desk: Desk, olha: Family, attach: Attach, chunk: int
) -> None:
    announced, sealed = attach(b"a photo of a stranger" * 40_000)
    olha.send("з фото", attachments=(announced,))
    collected = CollectedAttachment(olha.keys.mailbox, announced.id, announced.chunks)
    desk.front.attachments[announced.id] = (collected, sealed)
    desk.front.dies = f"at chunk {chunk}"
    with pytest.raises(Died):
        desk.turn()

    desk.turn()

    assert Attachment.objects.get().state == "stored"


def next_or_die(drawn: Iterator[bytes]) -> bytes:
    """Return what is drawn; end the courier when nothing is left."""
    found = next(drawn, None)
    if found is None:
        raise Died
    return found
