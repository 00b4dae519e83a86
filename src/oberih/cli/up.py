"""Run every process of one machine, on loopback only, until Ctrl-C."""

import argparse
import time

from oberih.cli.machine import add_address_arguments, read_addresses, running
from oberih.cli.supervisor import Stopped, stopping_on_signals
from oberih.keys.passphrase import obtain
from oberih.keys.vault import NoKeys
from oberih.sites.environment import data_directory

LOOK_SECONDS = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the addresses and where the passphrase comes from."""
    add_address_arguments(parser)
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help="read the ring's words from this descriptor (else CREDENTIALS_DIRECTORY, else ask)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Start all, print `ready`, restart what dies, stop all on Ctrl-C or SIGTERM."""
    data = data_directory()
    addresses = read_addresses(arguments)
    if not (data / "keys" / "root.pub").exists():
        raise NoKeys
    passphrase = obtain(arguments.passphrase_fd, directory=data / "keys")
    try:
        with (
            stopping_on_signals(),
            running(data, addresses=addresses, passphrase=passphrase) as supervisor,
        ):
            print(f"front  {addresses.front_url}/\ndesk   {addresses.desk_url}/\nready", flush=True)
            while True:
                supervisor.watch()
                time.sleep(LOOK_SECONDS)
    except Stopped:
        return 0
