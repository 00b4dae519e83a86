"""One look-up with its courier's listener behind a real front, and one desk that feeds it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from oberih.client.front import Front
from tests.journeys.operator import Operator, public
from tests.lookup.running import Program, free_port
from tests.lookup.watching import Watch

MUCH = {"OBERIH_LOOKUP_FREE": "1000000"}


@dataclass(frozen=True, slots=True)
class Place:
    """The running processes over one data folder, and the operator's keys."""

    operator: Operator
    front: Program
    lookup: Program
    courier: Program
    clients: list[Front] = field(default_factory=list)

    def client(self, *, transport: httpx.BaseTransport | None = None) -> Front:
        """Return a family's program."""
        root = public(self.operator.root)
        self.clients.append(
            Front(self.front.address, root=root, transport=transport, sleep=lambda _: None)
        )
        return self.clients[-1]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    operator = Operator.found(tmp_path_factory.mktemp("data"))
    with started(operator) as running:
        yield running


@pytest.fixture
def watch(place: Place) -> Watch:
    """Return this moment's list, published, its key handed over."""
    return fed(place)


def fed(place: Place, **changes: object) -> Watch:
    """Publish a list of the next epoch and hand its key over."""
    EPOCHS.append(len(EPOCHS) + 1)
    watch = Watch(place.operator, epoch=EPOCHS[-1], **changes)  # type: ignore[arg-type]  # a test's own words
    watch.publish()
    watch.hand_over(place.courier.address)
    return watch


EPOCHS: list[int] = []


class started:  # noqa: N801  # used as a word of a sentence
    """Starts the three processes, and ends them."""

    def __init__(self, operator: Operator, *, settings: dict[str, str] = MUCH) -> None:
        """Give the look-up the courier's public key, as an operator does."""
        data = operator.folder
        (data / "lookup").mkdir(mode=0o700, exist_ok=True)
        key = public(operator.courier).hex()
        (data / "lookup" / "courier.pub").write_text(key)
        lookup = Program("lookup", data, settings=settings, port=free_port())
        front = Program("front", data, settings={"OBERIH_LOOKUP_URL": lookup.address})
        self.place = Place(operator, front, lookup, Program("lookup-courier", data))
        self.programs = (lookup, front, self.place.courier)

    def __enter__(self) -> Place:
        """Start them."""
        for program in self.programs:
            program.start()
        return self.place

    def __exit__(self, *_: object) -> None:
        """End them."""
        for client in self.place.clients:
            client.close()
        for program in self.programs:
            program.stop()


def data_of(place: Place) -> Path:
    """Return the look-up's folder."""
    return place.operator.folder / "lookup"
