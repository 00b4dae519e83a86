"""The desk from its own machine: invite, keys, courier, queue, reply.

Every command unlocks by --passphrase-fd, else by CREDENTIALS_DIRECTORY, else asks.
`queue --json` prints one list, the most urgent first: [{"case", "text", "band", "route", "stage",
"identifiers", "same_identifier_cases", "state"}]; same_identifier_cases counts the other cases.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from oberih.cli.desk_watch import add_watch_arguments, run_watch
from oberih.cli.own_ring import open_desk_with_ring, use_addresses
from oberih.cli.root_acts import ROOT_ACTS
from oberih.cli.unlocking import (
    add_data_argument,
    add_passphrase_argument,
    open_desk,
    with_passphrase,
)
from oberih.core import time
from oberih.core.errors import BadInput
from oberih.keys.client import Ring
from oberih.keys.making import Places, make_keys
from oberih.keys.passphrase import Passphrase, generate, obtain
from oberih.sites.environment import data_directory, text
from oberih.staff.roles import Role

Act = Callable[[argparse.Namespace], int]
WIDTH = 76


class TextNotRead(BadInput):
    """The text cannot be read: give a file with UTF-8 text, or - for the input."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the desk's commands."""
    acts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    invite = _command(acts, name="invite", act=run_invite, help_text="print a one-time link")
    invite.add_argument("name", help="how colleagues will see the new member")
    invite.add_argument("--role", type=Role, choices=list(Role), required=True)
    keys = _command(
        acts,
        name="keys",
        act=run_keys,
        help_text="make, unlock, lock; with the offline root: renew, split, restore",
    )
    keys.add_argument("what", choices=["new", "unlock", "lock", *ROOT_ACTS])
    courier = _command(
        acts, name="courier", act=run_courier, help_text="collect, file, deliver, publish"
    )
    _add_courier_arguments(courier)
    queue = _command(acts, name="queue", act=run_queue, help_text="print what waits")
    queue.add_argument("--json", action="store_true", help="one list of objects")
    reply = _command(acts, name="reply", act=run_reply, help_text="answer a case")
    reply.add_argument("case", help="the case's id, as the queue prints it")
    reply.add_argument("--text", required=True, metavar="FILE|-", help="what to answer")
    watch = _command(
        acts, name="watch", act=run_publishing, help_text="publish the watch list families look in"
    )
    add_watch_arguments(watch)


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen command."""
    act: Act = arguments.act
    return act(arguments)


def run_invite(arguments: argparse.Namespace) -> int:
    """Make a member who has yet to join; print the link, which works once within 72 hours."""
    use_addresses()
    _open(arguments)
    from oberih.staff.services import invite  # noqa: PLC0415  # needs the opened database

    invited = invite(arguments.name, role=arguments.role, by=None, now=time.now())
    desk = text("OBERIH_DESK_URL", "http://localhost:8090").rstrip("/")
    print(f"{desk}/invitation/{invited.token}/")
    return 0


def run_keys(arguments: argparse.Namespace) -> int:
    """Make or renew the keys, or unlock or lock the running ring."""
    if arguments.what == "new":
        return _make_keys(arguments.passphrase_fd)
    if arguments.what in ROOT_ACTS:
        return with_passphrase(ROOT_ACTS[arguments.what], arguments.passphrase_fd)
    ring = Ring(data_directory() / "run" / "ring.sock")
    if arguments.what == "lock":
        ring.lock()
    else:
        with_passphrase(ring.unlock, arguments.passphrase_fd)
    return 0


def run_courier(arguments: argparse.Namespace) -> int:
    """Take turns; with --once one turn, a backup and both acknowledgements."""
    use_addresses()
    ring = open_desk_with_ring(arguments.passphrase_fd)
    from oberih.desk import rounds  # noqa: PLC0415  # needs the opened database
    from oberih.desk.preparing import make_tables  # noqa: PLC0415  # the same
    from oberih.desk.wiring import courier  # noqa: PLC0415  # the same

    make_tables()
    working = courier(ring)
    if arguments.take_over:
        print(f"This desk collects with number {working.take_over()} from now on.")
    elif arguments.backed_up:
        print(f"{rounds.settle_backup(working)} told as backed up.")
    elif arguments.once:
        done = rounds.one_turn(working)
        print(f"{done.filed} filed, {done.refused} refused, {done.delivered} delivered")
    else:
        rounds.take_turns(working)
    return 0


def run_publishing(arguments: argparse.Namespace) -> int:
    """Build the watch list and publish it; an interrupted build goes on where it was."""
    use_addresses()
    return run_watch(arguments)


def run_queue(arguments: argparse.Namespace) -> int:
    """Print the queue, the most urgent first."""
    _open(arguments)
    from oberih.desk.printing import queue_lines, queue_list  # noqa: PLC0415  # needs the database

    if arguments.json:
        print(json.dumps(queue_list(now=time.now()), ensure_ascii=False))
    else:
        print(*queue_lines(now=time.now(), width=WIDTH), sep="\n")
    return 0


def run_reply(arguments: argparse.Namespace) -> int:
    """Queue a reply; the courier's next turn seals and delivers it."""
    written = read_text(arguments.text)
    _open(arguments)
    from oberih.desk.services import reply_as_operator  # noqa: PLC0415  # needs the opened database
    from oberih.desk.states import CaseId  # noqa: PLC0415  # the same

    reply_as_operator(CaseId(arguments.case.strip().upper()), text=written, now=time.now())
    print("The reply leaves with the courier's next turn.")
    return 0


def read_text(place: str) -> str:
    """Return the text of a file, or of the input for "-"; raises TextNotRead."""
    try:
        content = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
        return content.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise TextNotRead from error


def _command(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]",
    *,
    name: str,
    act: Act,
    help_text: str,
) -> argparse.ArgumentParser:
    title = (act.__doc__ or "").strip()
    command = acts.add_parser(name, help=help_text, description=title)
    add_passphrase_argument(command)
    add_data_argument(command)
    command.set_defaults(act=act)
    return command


def _add_courier_arguments(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="one turn, a backup, then end")
    how.add_argument(
        "--take-over",
        action="store_true",
        help="collect in place of another desk (after a restored backup); a person decides this",
    )
    how.add_argument(
        "--backed-up",
        action="store_true",
        help="PostgreSQL only: a backup has just been made, the front may forget what it holds",
    )


def _make_keys(passphrase_fd: int | None) -> int:
    """Print the seven generated words once, or take the words that were given."""
    data = data_directory()
    given = passphrase_fd is not None or os.environ.get("CREDENTIALS_DIRECTORY")
    words = None if given else generate("uk")
    passphrase = obtain(passphrase_fd, directory=data) if words is None else Passphrase(words)
    make_keys(Places(data / "keys", data / "root"), passphrase=passphrase, now=time.now())
    if words is not None:
        print("Write these words down; they are shown once and open the desk:", file=sys.stderr)
        print(words)
    print(f"Take {data / 'root' / 'root.key'} offline now.", file=sys.stderr)
    return 0


def _open(arguments: argparse.Namespace) -> None:
    open_desk(arguments.passphrase_fd)
    from oberih.desk.preparing import make_tables  # noqa: PLC0415  # needs the opened database

    make_tables()
