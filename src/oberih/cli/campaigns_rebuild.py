"""Link all cases of the desk anew, with progress; an interrupted rebuild goes on where it was."""

import argparse

from rich.console import Console
from rich.progress import Progress

from oberih.cli.unlocking import add_data_argument, add_passphrase_argument, open_desk
from oberih.core import time

TITLE = "link all cases of the desk anew"


def add_rebuild_arguments(rebuild: argparse.ArgumentParser) -> None:
    """Take how the desk is unlocked, and whether the words' weights are taken anew."""
    add_data_argument(rebuild)
    add_passphrase_argument(rebuild)
    rebuild.add_argument(
        "--learn", action="store_true", help="weigh words by how rare they are in what was said"
    )
    rebuild.set_defaults(act=run_rebuild)


def run_rebuild(arguments: argparse.Namespace) -> int:
    """Write the book of links anew beside the live one, then take it instead."""
    open_desk(arguments.passphrase_fd)
    from oberih.campaigns.rebuilding import rebuild  # noqa: PLC0415  # needs the opened database
    from oberih.desk.campaigns.gathering import AllCases  # noqa: PLC0415  # the same
    from oberih.desk.preparing import make_tables  # noqa: PLC0415  # the same

    make_tables()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Linking cases")

        def show(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        done = rebuild(AllCases(), now=time.now(), learn=arguments.learn, told=show)
    print(f"{done.cases} cases linked; {done.changed} are in another group than before.")
    return 0
