"""Link two lists of people: propose which rows are one person, and why; nothing is accepted.

`register link A.csv B.csv -o links.csv` reads lists with the columns id, surname, given,
patronymic, dob, birthplace, unit (in any order, any may be missing or empty but the id; commas,
semicolons or tabs; UTF-8, UTF-16, Windows-1251 or -1250, KOI8-U) in Ukrainian, Russian or any Latin
spelling. It writes id_a, id_b, the probability, whether another row is nearly as good (tie), and
what each field adds (a power of two: 3 is eight times likelier). A name that ends in .jsonl gets
JSON lines. At the threshold that is chosen without `--threshold` some 996 of 1,000 links are right
by what the lists tell (the sentence at the end names it), and no row is in two: of equally good
candidates none is written; `--threshold 0.1` shows them, `--threshold 0` writes every candidate. A
full namesake can look like a link: compare each with a person's eyes. Exit codes: 0 done, 2 the
input cannot be used, 3 it could not be done.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from oberih.core.errors import BadInput, CouldNot
from oberih.register.linkage.engines import Engine
from oberih.register.linkage.linking import Linked, Step, Task, link
from oberih.register.linkage.model import load_model
from oberih.register.linkage.writing import write_csv, write_json_lines


class NoProbability(BadInput):
    """The threshold is a probability: a number from 0 to 1, like 0.9."""


class WouldOverwrite(BadInput):
    """The file of links is one of the two lists: give it another name."""


class CannotWrite(CouldNot):
    """The file of links cannot be written: look at the folder, its rights and the disk."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `link` with its files."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    form = argparse.RawDescriptionHelpFormatter
    title = "which rows of two lists are one person"
    one = commands.add_parser("link", help=title, description=__doc__, formatter_class=form)
    one.add_argument("a", metavar="A", type=Path, help="a list as CSV")
    one.add_argument("b", metavar="B", type=Path, help="another")
    one.add_argument("-o", "--output", required=True, metavar="LINKS", help="- is standard output")
    one.add_argument(
        "--engine", choices=list(Engine), default=Engine.DUCKDB, help="spark needs its own packages"
    )
    one.add_argument("--threshold", metavar="P", help="the least probability that is written")
    one.add_argument("--json", action="store_true", help="tell the counts as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Link the files; the file of links appears when it is whole, or not at all."""
    threshold = _threshold(arguments.threshold)
    engine = Engine(arguments.engine)
    _check_output(arguments)
    task = Task(arguments.a, arguments.b, load_model(), threshold, engine)
    with _bar() as bar:
        linked = link(task, told=_Telling(bar).tell)
        count = _write(linked, name=arguments.output)
    _tell(linked, counts=_counts(linked, written=count), arguments=arguments)
    return 0


class _Telling:
    """The bar's tasks, one a step."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[Step, Any] = {}

    def tell(self, step: Step, done: int, of: int | None) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(step.value, total=of)
        self._bar.update(self._tasks[step], completed=done, total=of)


def _bar() -> Progress:
    """Return a bar that is drawn on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    hidden = not sys.stderr.isatty()
    return Progress(*columns, TimeElapsedColumn(), console=console, disable=hidden, transient=True)


def _check_output(arguments: argparse.Namespace) -> None:
    output = Path(arguments.output)
    if output.exists() and any(
        one.exists() and output.samefile(one) for one in (arguments.a, arguments.b)
    ):
        raise WouldOverwrite


def _threshold(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        given = float(text)
    except ValueError as error:
        raise NoProbability from error
    if not 0 <= given <= 1:
        raise NoProbability
    return given


def _write(linked: Linked, *, name: str) -> int:
    places = linked.links.above(linked.threshold)
    write = write_json_lines if name.endswith(".jsonl") else write_csv
    with _output(name) as output:
        write(linked.links, places=places, output=output)
    return len(places)


def _counts(linked: Linked, *, written: int) -> dict[str, object]:
    links = linked.links
    return {
        "rows_a": len(links.ids[0]),
        "rows_b": len(links.ids[1]),
        "links": written,
        "threshold": linked.threshold,
        "tied": links.tied_rows(linked.threshold),
        "remarks": list(linked.remarks),
    }


def _tell(linked: Linked, *, counts: dict[str, object], arguments: argparse.Namespace) -> None:
    for remark in linked.remarks:
        print(f"oberih: {remark}", file=sys.stderr)
    if arguments.json:
        shown = json.dumps(counts, ensure_ascii=False)
        print(shown, file=sys.stderr if arguments.output == "-" else sys.stdout)
    elif arguments.output != "-":
        print(
            "{links} proposed links at {threshold} or above between {rows_a} and {rows_b} rows;"
            " {tied} rows of the first list have several equally good candidates and no link"
            "".format(**counts)
        )


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
        with os.fdopen(number, "w", encoding="utf-8", newline="") as output:
            yield output
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
