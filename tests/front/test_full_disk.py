import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from .conftest import Courier, Operator, Reporter
from .running import RealClient, RunningFront, running

SMALL = {"OBERIH_FRONT_DISK": str(5 * 200 * 4096)}


@dataclass(frozen=True, slots=True)
class FullFront:
    """A front whose text fills all it may; `kept` are the envelopes that were accepted."""

    iryna: Reporter
    courier: Courier
    kept: list[bytes]
    refusal: dict[str, str]

    def back(self) -> list[bytes]:
        """Return the accepted envelopes as the mailbox gives them."""
        return [self.iryna.fetched(envelope) for envelope in self.kept]

    def empty(self) -> None:
        """Let the desk collect everything, a few at a time."""
        while collected := self.courier.collect(limit=3):
            ids = [content[:32].hex() for _, content in collected]
            assert self.courier.acknowledge(filed=ids).status_code == 200


@pytest.fixture(params=["budget", "disk"])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullFront]:
    """Fill the budget of a front, and the disk of another."""
    operator = Operator()
    with ExitStack() as stack:
        settings = SMALL if request.param == "budget" else {}
        if request.param == "disk":
            stack.enter_context(small_disk(tmp_path))
        public = RunningFront(tmp_path, settings=settings)
        inner = RunningFront(tmp_path, name="front-courier", settings=settings)
        for front in (public, inner):
            stack.enter_context(running(front, operator=operator))
        iryna = Reporter(RealClient(public))
        yield fill(iryna, courier=Courier(RealClient(inner), operator.courier))


def fill(iryna: Reporter, *, courier: Courier) -> FullFront:
    """Send reports until one is refused."""
    kept: list[bytes] = []
    while (answer := iryna.send(envelope := iryna.envelope())).status_code == 201:
        kept.append(envelope)
    assert answer.status_code == 507
    return FullFront(iryna, courier, kept, answer.json())


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Mount a disk of 20 MB; skip the test where that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:  # noqa: S603  # our own command
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=False)  # noqa: S603, S607  # our own command


def test_a_full_front_says_so_and_loses_nothing(full: FullFront) -> None:
    assert full.refusal["error"] == "full"
    assert len(full.kept) > 20
    assert full.back() == full.kept


def test_the_desk_can_empty_a_full_front(full: FullFront) -> None:
    full.empty()

    assert full.courier.collect() == []


def test_a_full_front_still_deletes_a_mailbox(full: FullFront) -> None:
    deleted = full.iryna.post("/api/mailbox/delete", full.iryna.key)

    assert deleted.status_code == 200
    assert full.iryna.listed() == []


def test_replies_wait_on_the_desk_while_the_front_is_full(full: FullFront) -> None:
    answer = full.courier.post("deliver", full.iryna.envelope(direction=1))

    assert answer.status_code == 507


def test_a_front_with_room_again_takes_reports_again(full: FullFront) -> None:
    full.iryna.post("/api/mailbox/delete", full.iryna.key)
    other = Reporter(full.iryna.client)

    assert other.send(other.envelope()).status_code == 201
