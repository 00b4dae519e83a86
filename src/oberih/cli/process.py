"""Run one process of Oberih in the foreground: front, lookup, ring, desk, and so on.

`oberih up` starts them all; use this with systemd, one unit a process.
"""

import argparse
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from oberih.core.errors import BadInput, CouldNot
from oberih.sites.environment import data_directory
from oberih.system.training import require_sending

HIGHEST_PORT = 65_535


class BadAddress(BadInput):
    """An address must look like 127.0.0.1:8080."""


class PortInUse(CouldNot):
    """Another program listens at this address already."""

    def __init__(self, host: str, port: int) -> None:
        """Name the address."""
        super().__init__(f"Another program listens at {host}:{port} already.")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a process listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a process begins: the function as text, what it takes, what its settings need."""

    serve: str
    takes: Callable[[Address], Mapping[str, Any]]
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int | None = None


def listener(address: Address) -> Mapping[str, Any]:
    """Return the arguments of a process that answers HTTP."""
    return {"host": address.host, "port": address.port}


def nothing(_address: Address) -> Mapping[str, Any]:
    """Return no arguments: the process finds all it needs in its settings."""
    return {}


def ring(_address: Address) -> Mapping[str, Any]:
    """Return the ring's folder and socket."""
    return {"keys": data_directory() / "keys", "at": data_directory() / "run" / "ring.sock"}


def sandbox(_address: Address) -> Mapping[str, Any]:
    """Return the sandbox's socket."""
    return {"at": data_directory() / "run" / "sandbox.sock"}


def gateways(_address: Address) -> Mapping[str, Any]:
    """Return the data folder, of which they use their own outbox alone."""
    return {"data": data_directory()}


FRONT = {"DJANGO_SETTINGS_MODULE": "oberih.sites.front"}
DESK = {"DJANGO_SETTINGS_MODULE": "oberih.sites.desk"}
WORKER = {**DESK, "OPENBLAS_NUM_THREADS": "1"}
"""On two threads beside other work the second reader waits for itself: up to 25 times longer."""

ENTRIES = {
    "front": Entry(
        "oberih.front.server:serve", listener, {**FRONT, "OBERIH_LISTENER": "public"}, port=8080
    ),
    "front-courier": Entry(
        "oberih.front.server:serve", listener, {**FRONT, "OBERIH_LISTENER": "courier"}, port=8081
    ),
    "lookup": Entry("oberih.sites.lookup:public", listener, port=8082),
    "lookup-courier": Entry("oberih.sites.lookup:courier", listener, port=8083),
    "desk": Entry("oberih.desk.serve:serve_desk", listener, DESK, port=8090),
    "courier": Entry("oberih.desk.serve:serve_courier", nothing, DESK),
    "worker": Entry("oberih.desk.serve:serve_worker", nothing, WORKER),
    "ring": Entry("oberih.keys.ring:serve", ring),
    "sandbox": Entry("oberih.sandbox.serve:serve", sandbox),
    "gateways": Entry("oberih.alerts.gateways.serve:serve", gateways),
}
"""As text, so that a process loads only what it runs: the front never the desk."""

OUTWARD = ("front", "front-courier", "lookup", "lookup-courier", "courier", "gateways")
"""What collects, sends or publishes: never in a folder for training."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the process's name and, for those that answer HTTP, where."""
    parser.add_argument("name", choices=sorted(ENTRIES), help="which process")
    parser.add_argument("--listen", metavar="H:P", help="host and port (those that answer HTTP)")


def run(arguments: argparse.Namespace) -> int:
    """Run the process until it is told to stop; raises BadAddress or PortInUse before."""
    entry = ENTRIES[arguments.name]
    if arguments.name in OUTWARD:
        require_sending(data_directory())
    address = Address("127.0.0.1", entry.port or 0)
    if arguments.listen is not None:
        address = read_address(arguments.listen)
    if entry.port is not None:
        require_free(address)
    os.environ.update(entry.environment)
    module, _, function = entry.serve.partition(":")
    return int(getattr(import_module(module), function)(**entry.takes(address)) or 0)


def read_address(text: str) -> Address:
    """Return host and port; raises BadAddress."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
        raise BadAddress
    return Address(host.strip("[]"), int(port))


def require_free(address: Address) -> None:
    """Raise PortInUse; servers share a port silently where the system lets them."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise PortInUse(address.host, address.port) from error
