"""Watch an operator's public log and page, or take the log back from the front.

Anyone can run `oberih log monitor --front URL`, at any time and from any network: a canary. It
remembers the last head in a file.
Exit codes: 0 the log only grew and all that is shown stands in it, 1 it was changed or something
is shown that is not logged, 2 the input cannot be used, 3 it could not be read.
"""

import argparse
import json
from pathlib import Path

from oberih.cli.reporting import add_front_arguments, front_of
from oberih.cli.unlocking import add_passphrase_argument, open_desk
from oberih.client.canary import check_page
from oberih.client.front import Front
from oberih.client.public_log import Seen, check_shown, watch
from oberih.core import time
from oberih.core.errors import BadInput, Refused
from oberih.crypto.tree import Head
from oberih.system.private_files import appearing_whole

ROOT_SIZE = 32


class NoMemory(BadInput):
    """This is not a file of the monitor: name another one with --state, or remove it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take `monitor` or `restore`."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    monitor = acts.add_parser("monitor", help="check that the log only grew and holds all")
    add_front_arguments(monitor)
    monitor.add_argument(
        "--state",
        type=Path,
        default=Path("oberih-log.json"),
        metavar="FILE",
        help="where the last head is remembered (oberih-log.json)",
    )
    monitor.set_defaults(act=run_monitor)
    restore = acts.add_parser("restore", help="on the desk: take back what a backup did not hold")
    add_front_arguments(restore)
    add_passphrase_argument(restore)
    restore.set_defaults(act=run_restore)


def run(arguments: argparse.Namespace) -> int:
    """Do the act that was named."""
    return int(arguments.act(arguments))


def run_monitor(arguments: argparse.Namespace) -> int:
    """Print what is new since the last time; print what is wrong and return 1."""
    front, now = front_of(arguments), time.now()
    try:
        since, known = _remembered(arguments.state)
        seen = watch(front, since=since, now=now)
        shown = check_shown(front, logged=[*known.logged, *seen.logged], now=now)
        files = check_page(front)
    except Refused as refusal:
        print(f"wrong: {refusal}")
        return 1
    finally:
        front.close()
    for one in seen.logged:
        print(f"{one.day}  {one.sha256[:16]}  {one.path}")
    _remember(arguments.state, seen=Seen(seen.head, known.entries + seen.entries))
    print(f"The log is whole: {seen.head.size} entries, {len(seen.entries)} of them new.")
    print(f"{shown} documents and {files} files of the page that are shown now stand in it.")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Take over what the front's log has and the desk has not; the signed head is checked first."""
    front = front_of(arguments)
    entries = _all_entries(front)
    open_desk(arguments.passphrase_fd)
    from oberih.alerts import public_log  # noqa: PLC0415  # needs the opened database

    taken = public_log.restore(entries)
    print(f"{taken} entries were taken back.")
    return 0


def _all_entries(front: Front) -> tuple[bytes, ...]:
    try:
        return watch(front, since=None, now=time.now()).entries
    finally:
        front.close()


def _remembered(state: Path) -> tuple[Head | None, Seen]:
    """Return the last head and all entries up to it; raises NoMemory."""
    if not state.exists():
        return None, Seen(Head(0, b""), ())
    try:
        kept = json.loads(state.read_text("utf-8"))
        head = Head(int(kept["size"]), bytes.fromhex(kept["root"]))
        entries = tuple(str(entry).encode() for entry in kept["entries"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoMemory from error
    if len(head.root) != ROOT_SIZE or len(entries) != head.size:
        raise NoMemory
    return head, Seen(head, entries)


def _remember(state: Path, *, seen: Seen) -> None:
    entries = [entry.decode() for entry in seen.entries]
    kept = {"size": seen.head.size, "root": seen.head.root.hex(), "entries": entries}
    with appearing_whole(state) as file:
        file.write(json.dumps(kept, ensure_ascii=False).encode())
