"""A front and a look-up in processes of their own, with a list of 20,000."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from oberih.client.front import Front

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.journeys.operator import Operator, public
from tests.lookup.running import Program, free_port
from tests.lookup.watching import REPORTED, Watch


@dataclass(frozen=True, slots=True)
class Place:
    """A running front's address and a client of it, a listed number, and ten numbers."""

    address: str
    front: Front
    listed: str
    ten: list[str]


@contextmanager
def started() -> Iterator[Place]:
    """Run them until the end of the block."""
    ten = [f"+380 50 000 00 {last:02}" for last in range(1, 11)]
    with tempfile.TemporaryDirectory() as name, ExitStack() as ending:
        operator = Operator.found(Path(name) / "data")
        front, lookup, courier = programs_of(operator)
        for program in (lookup, front, courier):
            program.start()
            ending.callback(program.stop)
        feed(operator, courier=courier)
        client = Front(front.address, root=public(operator.root))
        ending.callback(client.close)
        yield Place(front.address, client, REPORTED, ten)


def programs_of(operator: Operator) -> tuple[Program, Program, Program]:
    """Return front, look-up and its courier listener, not started yet."""
    folder = operator.folder / "lookup"
    folder.mkdir()
    (folder / "courier.pub").write_text(public(operator.courier).hex())
    free = {"OBERIH_LOOKUP_FREE": "1000000"}
    lookup = Program("lookup", operator.folder, settings=free, port=free_port())
    front = Program("front", operator.folder, settings={"OBERIH_LOOKUP_URL": lookup.address})
    return front, lookup, Program("lookup-courier", operator.folder)


def feed(operator: Operator, *, courier: Program) -> None:
    """Publish a list of 20,000 and hand its key over."""
    watch = Watch(operator, listed=(REPORTED, *(f"+38067{one:07}" for one in range(19_999))))
    watch.publish()
    watch.hand_over(courier.address)
