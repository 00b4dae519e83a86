"""Join messages of one script or one identifier to groups, each link with its reason.

`campaigns rebuild` links all cases of this machine's desk anew, with the answer that filing gave.
`campaigns link messages.jsonl -o groups.jsonl` reads {"id", "text"[, "identifiers"][, "at"]} a line
and writes {"id", "group", "links": [{"to", "kind", "strength", "why"}]} a line, in the same order.
Every message has a group; one that is linked with nothing has a group of its own. A group is named
after the least of its ids. Exit codes: 0 done, 2 the input cannot be used, 3 it cannot be written.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from oberih.campaigns.groups import Grouped, grouped
from oberih.campaigns.reading import read_sketches
from oberih.campaigns.sketch import Sketches
from oberih.cli.campaigns_rebuild import TITLE, add_rebuild_arguments
from oberih.core.errors import BadInput, CouldNot


class CannotOpen(BadInput):
    """The file of messages cannot be opened."""


class CannotWrite(CouldNot):
    """The file of groups cannot be written: look at the folder, its rights and the disk."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `link` with its two files."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    title = "every message to its group, with its links"
    link = commands.add_parser("link", help=title, description=__doc__)
    link.set_defaults(act=run_link)
    add_rebuild_arguments(commands.add_parser("rebuild", help=TITLE, description=TITLE))
    link.add_argument("messages", metavar="MESSAGES", help="JSON lines; - is standard input")
    link.add_argument(
        "-o", "--output", required=True, metavar="GROUPS", help="JSON lines; - is standard output"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run what was asked for."""
    return int(arguments.act(arguments))


def run_link(arguments: argparse.Namespace) -> int:
    """Link all messages; the file of groups appears when it is whole, or not at all."""
    with _bar() as bar:
        stages = _Stages(bar)
        found = grouped(_read(arguments.messages, stages=stages), told=stages.told)
        with _output(arguments.output) as output:
            output.writelines(map(_line, found))
    return 0


def _line(one: Grouped) -> str:
    return json.dumps(one.as_json(), ensure_ascii=False) + "\n"


def _bar() -> Progress:
    """Return a bar that is drawn on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    hidden = not sys.stderr.isatty()
    return Progress(*columns, TimeElapsedColumn(), console=console, disable=hidden, transient=True)


@dataclass(slots=True)
class _Stages:
    """One line of the bar for each stage, as it is told of."""

    bar: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict)

    def told(self, what: str, done: int, total: int | None) -> None:
        if what not in self.tasks or done < self.bar.tasks[self.tasks[what]].completed:
            self.tasks[what] = self.bar.add_task(what)
        self.bar.update(self.tasks[what], completed=done, total=total)


def _read(name: str, *, stages: _Stages) -> Sketches:
    with _opened(name) as stream:
        return read_sketches(stream, told=lambda count: stages.told("reading", count, None))


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115  # closed below; only opening is caught
    except OSError as error:
        raise CannotOpen from error
    with stream:
        yield stream


@contextmanager
def _output(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdout
        return
    path = Path(name)
    try:
        with _whole(path) as output:
            yield output
    except OSError as error:
        raise CannotWrite from error


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """Give a file beside `path` that takes its name when all is written, and else goes away."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as output:
            yield output
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
