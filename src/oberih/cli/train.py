"""Practise on an invented desk: own keys, own folder, marked screens; nothing is sent anywhere.

No front, no courier and no gateway run, and a folder that was made for training never gets one.
"""

import argparse
import os
from contextlib import suppress
from pathlib import Path

from oberih.cli.auditor_key import invented_auditor
from oberih.cli.demo import make_keys_once, open_desk
from oberih.cli.machine import Machine, Part, desk_addresses, running
from oberih.cli.supervisor import Stopped, stopping_on_signals
from oberih.cli.up import unlock_with, watch_until_stopped
from oberih.sites.environment import data_directory
from oberih.system.training import mark_for_training

DEFAULT_DATA = "var/training"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the desk's address, or ask for the trainer's sheet."""
    parser.add_argument("--desk", metavar="H:P", default="localhost:8091", help="staff's pages")
    parser.add_argument(
        "--sheet", action="store_true", help="print what each scenario is there to practise"
    )


def run(arguments: argparse.Namespace) -> int:
    """Start the desk with invented cases, print two sign-in links and `ready`, wait for Ctrl-C."""
    if arguments.sheet:
        return _print_sheet()
    os.environ.setdefault("OBERIH_DATA", str(Path(DEFAULT_DATA).resolve()))
    os.environ["OBERIH_DEMO"] = "1"
    machine = Machine(data_directory(), desk_addresses(arguments.desk), Part.TRAINING)
    mark_for_training(machine.data)
    make_keys_once(machine.data)
    os.environ.setdefault("OBERIH_COMPLAINT_KEY", invented_auditor(machine.data))
    unlock = unlock_with(None)
    with suppress(Stopped), stopping_on_signals(), running(machine, unlock=unlock) as supervisor:
        _show(machine)
        watch_until_stopped(supervisor)
    return 0


def _print_sheet() -> int:
    from oberih.cli.train_cases import scenarios  # noqa: PLC0415  # reads a file

    for one in scenarios():
        print(f"{one.name}\n    {one.learn}\n")
    return 0


def _show(machine: Machine) -> None:
    """Lay the cases in once, then print what the person needs."""
    open_desk(machine)
    from oberih.cli.train_cases import lay_in_once, links  # noqa: PLC0415  # after the set-up

    trainee, trainer = links(machine.addresses.desk_url)
    lay_in_once(machine.ring)
    print(
        "\nTraining: every case is invented, every screen says so, nothing leaves this machine.\n"
        f"Everything lies in {machine.data}\n\n"
        f"  as officer  {trainee}\n"
        f"  as lead     {trainer}\n\n"
        "Each link signs in once. What each scenario is for: oberih train --sheet. "
        "Ctrl-C stops everything.\n"
        "ready",
        flush=True,
    )
