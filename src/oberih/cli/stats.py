"""Print the months' figures that two people released: whole months, none of the few.

They are made and released on the desk's page of figures; here they are only read.
"""

import argparse
import json

from oberih.cli.unlocking import add_passphrase_argument, open_desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the form of the answer."""
    parser.add_argument("--json", action="store_true", help="a list of months and their tables")
    add_passphrase_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each released month, the newest first."""
    open_desk(arguments.passphrase_fd)
    from oberih.desk.figures.services import released  # noqa: PLC0415  # needs the opened database

    months = [{"month": one.month, "tables": one.tables} for one in released()]
    if arguments.json:
        print(json.dumps(months, ensure_ascii=False))
        return 0
    for one in months:
        print(one["month"], "reports:", one["tables"]["total"][""])
        for name, counts in one["tables"].items():
            lines = (f"  {name} {code}: {shown}" for code, shown in counts.items() if code)
            print(*lines, sep="\n")
    return 0
