"""All processes of one machine: where each listens, in which order they start, when all answer."""

import argparse
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from oberih.cli.process import Address, read_address, require_free
from oberih.cli.supervisor import Program, Supervisor, wait_until
from oberih.core.errors import BadInput, CouldNot
from oberih.keys.client import Ring, RingAway
from oberih.keys.files import make_private_folder

READY_SECONDS = 60.0


class NotLoopback(BadInput):
    """One machine serves loopback only; production runs each process on its own (see deploy/)."""


class NotReady(CouldNot):
    """A process did not answer in time."""

    def __init__(self, logs: Path) -> None:
        """Name the folder of the logs."""
        super().__init__(f"Not all processes answered in time; their last words are in {logs}.")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the processes listen: the desk by name, since passkeys refuse IP addresses."""

    front: Address
    desk: Address
    courier: Address

    @property
    def front_url(self) -> str:
        """Return what a family's browser opens."""
        return f"http://{self.front.host}:{self.front.port}"

    @property
    def desk_url(self) -> str:
        """Return what a member of staff opens."""
        return f"http://localhost:{self.desk.port}"

    @property
    def courier_url(self) -> str:
        """Return the front's other listener, for the courier alone."""
        return f"http://{self.courier.host}:{self.courier.port}"


def add_address_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the addresses; those not given have the documented defaults."""
    parser.add_argument("--front", metavar="H:P", default="127.0.0.1:8080", help="families' pages")
    parser.add_argument(
        "--lookup", metavar="H:P", help="accepted for later: look-up is not built yet"
    )
    parser.add_argument("--desk", metavar="H:P", default="localhost:8090", help="staff's pages")
    parser.add_argument(
        "--courier", metavar="H:P", help="the front's listener for the courier (default: any free)"
    )


def read_addresses(arguments: argparse.Namespace) -> Addresses:
    """Return free loopback addresses; raises BadAddress, NotLoopback, PortInUse."""
    front = _loopback(arguments.front)
    desk = _loopback(arguments.desk)
    courier = _loopback(arguments.courier or f"127.0.0.1:{_free_port()}")
    for address in (front, desk, courier):
        require_free(address)
    return Addresses(front, desk, courier)


def _loopback(text: str) -> Address:
    address = read_address(text)
    host = "127.0.0.1" if address.host == "localhost" else address.host
    try:
        is_loopback = ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise NotLoopback
    return Address(host, address.port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    data: Path, *, addresses: Addresses, unlock: Callable[[Ring], None]
) -> Iterator[Supervisor]:
    """Start everything, yield when all answer, stop everything at the end.

    `unlock` gives the ring its words. Raises WrongPassphrase, NotReady, ProcessEnded.
    """
    ring = Ring(data / "run" / "ring.sock")
    logs = data / "run" / "log"
    make_private_folder(data / "run")
    os.environ.update(_settings(addresses))
    supervisor = Supervisor(logs=logs, database_key=ring.database_key)
    try:
        _start_ring(supervisor, ring=ring, unlock=unlock)
        _place_public_keys(data)
        for program in _programs(addresses):
            supervisor.start(program)
        if not wait_until(
            lambda: _all_answer(data, addresses=addresses),
            seconds=READY_SECONDS,
            watch=supervisor.watch,
        ):
            raise NotReady(logs)
        yield supervisor
    finally:
        supervisor.stop()


def _settings(addresses: Addresses) -> dict[str, str]:
    return {
        "OBERIH_FRONT_URL": addresses.front_url,
        "OBERIH_COURIER_URL": addresses.courier_url,
        "OBERIH_DESK_HOST": "localhost",
        "OBERIH_DESK_URL": addresses.desk_url,
    }


def _start_ring(supervisor: Supervisor, *, ring: Ring, unlock: Callable[[Ring], None]) -> None:
    supervisor.start(Program("ring"))
    if not wait_until(lambda: _ring_answers(ring), seconds=READY_SECONDS, watch=supervisor.watch):
        raise RingAway
    unlock(ring)


def _ring_answers(ring: Ring) -> bool:
    try:
        ring.status()
    except RingAway:
        return False
    return True


def _place_public_keys(data: Path) -> None:
    """Give the front the two public keys that it needs, as an operator does by hand elsewhere."""
    (data / "front").mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("courier.pub", "root.pub"):
        (data / "front" / name).write_bytes((data / "keys" / name).read_bytes())


def _programs(addresses: Addresses) -> Iterator[Program]:
    yield Program("sandbox")
    yield Program("front", ("--listen", _spelled(addresses.front)))
    yield Program("front-courier", ("--listen", _spelled(addresses.courier)))
    yield Program("desk", ("--listen", _spelled(addresses.desk)), opens_database=True)
    yield Program("courier", opens_database=True)
    yield Program("worker", opens_database=True)


def _spelled(address: Address) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{host}:{address.port}"


def _all_answer(data: Path, *, addresses: Addresses) -> bool:
    return (
        _answers(f"{addresses.front_url}/uk/")
        and _answers(f"http://{_spelled(addresses.desk)}/", host=f"localhost:{addresses.desk.port}")
        and _answers(f"{addresses.front_url}/published/delegations.note")
        and (data / "run" / "sandbox.sock").exists()
    )


def _answers(url: str, *, host: str | None = None) -> bool:
    """Tell whether a page or a published file comes back (after redirects)."""
    request = urllib.request.Request(url, headers={"Host": host} if host else {})  # noqa: S310  # our own loopback addresses
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  # the same
            return bool(answer.status == 200)  # noqa: PLR2004  # HTTP OK
    except (urllib.error.URLError, OSError):
        return False
