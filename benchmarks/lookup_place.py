"""A front and a look-up in processes of their own, with a list of 20,000."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oberih.client.front import Front

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.journeys.operator import Operator, public
from tests.lookup.running import Program, free_port
from tests.lookup.watching import REPORTED, Watch


@dataclass(frozen=True, slots=True)
class Place:
    """A client of the running front, a listed number, and ten numbers."""

    front: Front
    listed: str
    ten: list[str]


@contextmanager
def started() -> Iterator[Place]:
    """Run them until the end of the block."""
    ten = tuple(f"+380 50 000 00 {last:02}" for last in range(1, 11))
    with tempfile.TemporaryDirectory() as name:
        operator = Operator.found(Path(name) / "data")
        (operator.folder / "lookup").mkdir()
        (operator.folder / "lookup" / "courier.pub").write_text(public(operator.courier).hex())
        free = {"OBERIH_LOOKUP_FREE": "1000000"}
        lookup = Program("lookup", operator.folder, settings=free, port=free_port())
        settings = {"OBERIH_LOOKUP_URL": lookup.address}
        front = Program("front", operator.folder, settings=settings)
        courier = Program("lookup-courier", operator.folder)
        programs = (lookup, front, courier)
        try:
            for program in programs:
                program.start()
            feed(operator, courier=courier)
            client = Front(front.address, root=public(operator.root))
            yield Place(client, REPORTED, list(ten))
            client.close()
        finally:
            for program in programs:
                program.stop()


def feed(operator: Operator, *, courier: Program) -> None:
    """Publish a list of 20,000 and hand its key over."""
    watch = Watch(operator, listed=(REPORTED, *(f"+38067{one:07}" for one in range(19_999))))
    watch.publish()
    watch.hand_over(courier.address)
