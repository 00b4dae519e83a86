"""Run every process of one machine, on loopback only, until Ctrl-C."""

import argparse
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from oberih.cli.machine import Machine, Part, add_address_arguments, read_addresses, running
from oberih.cli.supervisor import Stopped, Supervisor, stopping_on_signals
from oberih.cli.unlocking import add_passphrase_argument, with_passphrase
from oberih.keys.client import Ring
from oberih.keys.vault import NoKeys
from oberih.sites.environment import data_directory
from oberih.system.training import require_real

LOOK_SECONDS = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the addresses and where the passphrase comes from."""
    add_address_arguments(parser)
    add_passphrase_argument(parser)
    parser.add_argument(
        "--only",
        type=Part,
        choices=[Part.FRONT, Part.DESK],
        default=Part.ALL,
        help="run one half: the internet-facing processes, or the desk's",
    )


def run(arguments: argparse.Namespace) -> int:
    """Start all, print `ready`, restart what dies, stop all on Ctrl-C or SIGTERM."""
    require_real(data_directory())
    machine = Machine(data_directory(), read_addresses(arguments), arguments.only)
    _require_keys(machine)
    unlock = unlock_with(arguments.passphrase_fd)
    with suppress(Stopped), stopping_on_signals(), running(machine, unlock=unlock) as supervisor:
        if machine.has_front:
            print(f"front  {machine.addresses.front_url}/")
        if machine.has_desk:
            print(f"desk   {machine.addresses.desk_url}/")
        print("ready", flush=True)
        watch_until_stopped(supervisor)
    return 0


def _require_keys(machine: Machine) -> None:
    if machine.has_desk and not (machine.data / "keys" / "root.pub").exists():
        raise NoKeys


def unlock_with(passphrase_fd: int | None) -> Callable[[Ring], None]:
    """Return what unlocks the ring: by descriptor, credential or prompt (three tries)."""
    return lambda ring: with_passphrase(ring.unlock, passphrase_fd)


def watch_until_stopped(supervisor: Supervisor) -> NoReturn:
    """Restart what dies, until a signal raises Stopped; raises ProcessEnded."""
    while True:
        supervisor.watch()
        time.sleep(LOOK_SECONDS)
