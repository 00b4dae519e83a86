"""All processes of one machine: where each listens, in which order they start, when all answer."""

import argparse
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from oberih.alerts.gateways.settings import is_configured
from oberih.cli.process import Address, read_address, require_free
from oberih.cli.supervisor import Program, Supervisor, wait_until
from oberih.core.errors import BadInput, CouldNot
from oberih.keys.client import Ring, RingAway
from oberih.system.private_files import make_private_folder

READY_SECONDS = 60.0


class Part(StrEnum):
    """Which processes run here: all, or the half that this machine is for."""

    ALL = "all"
    FRONT = "front"
    DESK = "desk"
    TRAINING = "training"
    """The desk's pages with invented cases: nothing that collects, sends or publishes."""


class NotLoopback(BadInput):
    """One machine serves loopback only; production runs each process on its own (see deploy/)."""


class NotReady(CouldNot):
    """A process did not answer in time."""

    def __init__(self, logs: Path) -> None:
        """Name the folder of the logs."""
        super().__init__(f"Not all processes answered in time; their last words are in {logs}.")


@dataclass(frozen=True, slots=True)
class Machine:
    """What runs here: where its data lies, where it listens, which part of the whole it is."""

    data: Path
    addresses: "Addresses"
    part: Part = Part.ALL

    @property
    def has_front(self) -> bool:
        """Tell whether the internet-facing processes run here."""
        return self.part in {Part.ALL, Part.FRONT}

    @property
    def has_desk(self) -> bool:
        """Tell whether the inner processes run here."""
        return self.part is not Part.FRONT

    @property
    def ring(self) -> Ring:
        """Return the ring of this machine."""
        return Ring(self.data / "run" / "ring.sock")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the processes listen: the desk by name, since passkeys refuse IP addresses."""

    front: Address
    desk: Address
    courier: Address
    lookup: Address
    lookup_courier: Address

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

    @property
    def lookup_url(self) -> str:
        """Return where the front passes questions on."""
        return f"http://{self.lookup.host}:{self.lookup.port}"

    @property
    def lookup_courier_url(self) -> str:
        """Return the look-up's other listener, for the courier alone."""
        return f"http://{self.lookup_courier.host}:{self.lookup_courier.port}"


def add_address_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the addresses; those not given have the documented defaults."""
    parser.add_argument("--front", metavar="H:P", default="127.0.0.1:8080", help="families' pages")
    parser.add_argument("--lookup", metavar="H:P", default="127.0.0.1:8082", help="the look-up")
    parser.add_argument("--desk", metavar="H:P", default="localhost:8090", help="staff's pages")
    parser.add_argument(
        "--courier", metavar="H:P", help="the front's listener for the courier (default: any free)"
    )
    parser.add_argument(
        "--lookup-courier", metavar="H:P", help="the look-up's listener for it (default: any free)"
    )


def read_addresses(arguments: argparse.Namespace) -> Addresses:
    """Return free loopback addresses; raises BadAddress, NotLoopback, PortInUse."""
    front = _loopback(arguments.front)
    desk = _loopback(arguments.desk)
    courier = _loopback(arguments.courier or f"127.0.0.1:{_free_port()}")
    lookup = _loopback(arguments.lookup)
    lookup_courier = _loopback(arguments.lookup_courier or f"127.0.0.1:{_free_port()}")
    addresses = Addresses(front, desk, courier, lookup, lookup_courier)
    for address in (front, desk, courier, lookup, lookup_courier):
        require_free(address)
    return addresses


def desk_addresses(desk: str) -> Addresses:
    """Return the addresses of a machine that runs the desk's pages alone."""
    nobody, pages = Address("127.0.0.1", 0), _loopback(desk)
    require_free(pages)
    return Addresses(nobody, pages, nobody, nobody, nobody)


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
def running(machine: Machine, *, unlock: Callable[[Ring], None]) -> Iterator[Supervisor]:
    """Start everything, yield when all answer, stop everything at the end.

    `unlock` gives the ring its words. Raises WrongPassphrase, NotReady, ProcessEnded.
    """
    logs = machine.data / "run" / "log"
    make_private_folder(machine.data / "run")
    os.environ.update(_settings(machine))
    supervisor = Supervisor(logs=logs, database_key=machine.ring.database_key)
    try:
        if machine.has_desk:
            _start_ring(supervisor, ring=machine.ring, unlock=unlock)
        _place_public_keys(machine)
        for program in _programs(machine):
            supervisor.start(program)
        if not wait_until(
            lambda: _all_answer(machine), seconds=READY_SECONDS, watch=supervisor.watch
        ):
            raise NotReady(logs)
        yield supervisor
    finally:
        supervisor.stop()


def _settings(machine: Machine) -> dict[str, str]:
    """Return what the processes must know of each other; apart, the environment says it."""
    always = {
        "OBERIH_DESK_HOST": "localhost",
        "OBERIH_DESK_URL": machine.addresses.desk_url,
        "OBERIH_LOOKUP_URL": machine.addresses.lookup_url,
    }
    if machine.part is not Part.ALL:
        return always
    return always | {
        "OBERIH_FRONT_URL": machine.addresses.front_url,
        "OBERIH_COURIER_URL": machine.addresses.courier_url,
        "OBERIH_LOOKUP_COURIER_URL": machine.addresses.lookup_courier_url,
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


def _place_public_keys(machine: Machine) -> None:
    """Give front and look-up the public keys that they need.

    On one machine from the ring; where only the front runs, the operator gave them to it by hand.
    """
    data = machine.data
    if machine.part is Part.ALL:
        _copy(data / "keys" / "root.pub", to=data / "front" / "root.pub")
        _copy(data / "keys" / "courier.pub", to=data / "front" / "courier.pub")
    if machine.has_front:
        _copy(data / "front" / "courier.pub", to=data / "lookup" / "courier.pub")


def _copy(public_key: Path, *, to: Path) -> None:
    make_private_folder(to.parent)
    if public_key.exists():
        to.write_bytes(public_key.read_bytes())


def _programs(machine: Machine) -> Iterator[Program]:
    addresses = machine.addresses
    if machine.has_front:
        yield Program("front", ("--listen", _spelled(addresses.front)))
        yield Program("front-courier", ("--listen", _spelled(addresses.courier)))
        yield Program("lookup", ("--listen", _spelled(addresses.lookup)))
        yield Program("lookup-courier", ("--listen", _spelled(addresses.lookup_courier)))
    if machine.has_desk:
        yield Program("sandbox")
        yield Program("desk", ("--listen", _spelled(addresses.desk)), opens_database=True)
        yield Program("worker", opens_database=True)
    if machine.has_desk and machine.part is not Part.TRAINING:
        yield Program("courier", opens_database=True)
        if is_configured():
            yield Program("gateways")


def _spelled(address: Address) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{host}:{address.port}"


def _all_answer(machine: Machine) -> bool:
    return (not machine.has_front or (_front_answers(machine) and _lookup_answers(machine))) and (
        not machine.has_desk or _desk_answers(machine)
    )


def _front_answers(machine: Machine) -> bool:
    """Tell whether pages come, and with a desk here, whether its courier has published."""
    url = machine.addresses.front_url
    return _answers(f"{url}/uk/") and (
        not machine.has_desk or _answers(f"{url}/published/delegations.note")
    )


def _lookup_answers(machine: Machine) -> bool:
    return _answers(f"{machine.addresses.lookup_url}/api/lookup/")


def _desk_answers(machine: Machine) -> bool:
    address = machine.addresses.desk
    return (machine.data / "run" / "sandbox.sock").exists() and _answers(
        f"http://{_spelled(address)}/", host=f"localhost:{address.port}"
    )


def _answers(url: str, *, host: str | None = None) -> bool:
    """Tell whether a page or a published file comes back (after redirects)."""
    request = urllib.request.Request(url, headers={"Host": host} if host else {})  # noqa: S310  # our own loopback addresses
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  # the same
            return bool(answer.status == 200)  # noqa: PLR2004  # HTTP OK
    except (urllib.error.URLError, OSError):
        return False
