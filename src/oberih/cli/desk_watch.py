"""Publish the watch list now, with progress; the worker does the same by itself."""

import argparse

from rich.console import Console
from rich.progress import Progress

from oberih.cli.own_ring import open_desk_with_ring
from oberih.core import time


def add_watch_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do with the list."""
    parser.add_argument("what", choices=["publish"], help="build, sign and publish what changed")


def run_watch(arguments: argparse.Namespace) -> int:
    """Build the list and publish it; an interrupted build goes on where it was."""
    ring = open_desk_with_ring(arguments.passphrase_fd)
    from oberih.desk.preparing import make_tables  # noqa: PLC0415  # needs the opened database
    from oberih.desk.wiring import watch_publisher  # noqa: PLC0415  # the same

    make_tables()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Blinding the list")

        def show(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        is_new = watch_publisher(ring).publish(now=time.now(), progress=show)
    print("A new list is published." if is_new else "The published list is up to date.")
    return 0
