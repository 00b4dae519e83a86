"""Run everything with invented families, reports and staff; sign in by two one-time links."""

import argparse
import os
from contextlib import suppress
from pathlib import Path

from oberih.cli.auditor_key import invented_auditor
from oberih.cli.machine import Machine, add_address_arguments, read_addresses, running
from oberih.cli.supervisor import Stopped, Supervisor, stopping_on_signals
from oberih.cli.up import unlock_with, watch_until_stopped
from oberih.core.time import now
from oberih.keys.making import Places, make_keys
from oberih.keys.passphrase import DEMO_FILE, Passphrase, generate
from oberih.sites.descriptors import lend
from oberih.sites.environment import data_directory
from oberih.system.private_files import write_whole
from oberih.system.training import require_real

DEFAULT_DATA = "var/demo"
TRACING_LINK, AUDITOR_LINK = "tracing-link", "auditor-link"
"""Files beside the keys: the banner shows two links, as its readers expect."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the addresses; the data goes to var/demo unless --data or OBERIH_DATA says else."""
    add_address_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Start all, send the invented reports once, print the banner and `ready`, wait for Ctrl-C."""
    os.environ.setdefault("OBERIH_DATA", str(Path(DEFAULT_DATA).resolve()))
    os.environ["OBERIH_DEMO"] = "1"
    require_real(data_directory())
    machine = Machine(data_directory(), read_addresses(arguments))
    make_keys_once(machine.data)
    os.environ.setdefault("OBERIH_COMPLAINT_KEY", invented_auditor(machine.data))
    unlock = unlock_with(None)
    with suppress(Stopped), stopping_on_signals(), running(machine, unlock=unlock) as supervisor:
        _show(machine, supervisor=supervisor)
        watch_until_stopped(supervisor)
    return 0


def make_keys_once(data: Path) -> None:
    """Make keys whose words lie beside them, as only invented data may have them."""
    if (data / "keys" / "root.pub").exists():
        return
    words = generate("uk")
    places = Places(data / "keys", data / "root")
    make_keys(places, passphrase=Passphrase(words), now=now())
    write_whole(data / DEMO_FILE, content=words.encode())


def _show(machine: Machine, *, supervisor: Supervisor) -> None:
    """Fill the desk once, then print what the person needs."""
    open_desk(machine)
    from oberih.cli import demo_data  # noqa: PLC0415  # after the set-up

    desk = machine.addresses.desk_url
    officer, lead, tracing = demo_data.sign_in_links(desk)
    write_whole(machine.data / TRACING_LINK, content=f"{tracing}\n".encode())
    write_whole(machine.data / AUDITOR_LINK, content=f"{demo_data.auditor_link(desk)}\n".encode())
    demo_data.fill_once(machine, watch=supervisor.watch)
    print(
        f"\nOberih, with invented people only. Everything lies in {machine.data}\n\n"
        f"  families' pages   {machine.addresses.front_url}/\n"
        f"  desk, as officer  {officer}\n"
        f"  desk, as lead     {lead}\n"
        f"  desk, as tracing  the link in {machine.data / TRACING_LINK}\n"
        f"  desk, as auditor  the link in {machine.data / AUDITOR_LINK}\n\n"
        "Each link signs in once; use two browsers or a private window. Ctrl-C stops everything.\n"
        "ready",
        flush=True,
    )


def open_desk(machine: Machine) -> None:
    """Let this process, which started the ring, use the desk's database too."""
    import django  # noqa: PLC0415  # the settings must be named first

    os.environ["OBERIH_DESK_KEY_FD"] = str(lend(machine.ring.database_key()))
    os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
    django.setup(set_prefix=False)
