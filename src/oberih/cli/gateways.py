"""The gateways' outbox: what waits, what went, what failed: `oberih gateways status|letters|again`.

Exit 0: done (status: 1 when something failed for good or is uncertain). 2: no such message.
"""

import argparse
from contextlib import closing

from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.gateways.values import Fate, MessageId
from oberih.core.errors import BadInput
from oberih.sites.environment import data_directory


class NoOutbox(BadInput):
    """There is no outbox yet: no gateway is configured (see docs/guides/operators.md)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the act."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    acts.add_parser("status", help="how many messages went, wait, failed").set_defaults(act=status)
    acts.add_parser("letters", help="those that failed or are uncertain").set_defaults(act=letters)
    again = acts.add_parser("again", help="try one of these again, by your decision")
    again.add_argument("message", metavar="ID")
    again.set_defaults(act=try_again)


def run(arguments: argparse.Namespace) -> int:
    """Do the act; raises NoOutbox, NoSuchMessage."""
    place = outbox_of(data_directory())
    if not place.exists():
        raise NoOutbox
    with closing(Outbox(place)) as outbox:
        return int(arguments.act(outbox, arguments))


def status(outbox: Outbox, _arguments: argparse.Namespace) -> int:
    """Print a line a channel and fate."""
    report = outbox.report()
    for channel, counts in sorted(report.items()):
        for fate, count in sorted(counts.items()):
            print(f"{channel}  {fate}  {count}")
    bad = {Fate.FAILED, Fate.UNCERTAIN}
    return int(any(bad & set(counts) for counts in report.values()))


def letters(outbox: Outbox, _arguments: argparse.Namespace) -> int:
    """Print a line a message; its target is never printed."""
    for one in outbox.dead_letters():
        print(f"{one.id}  {one.channel}  {one.alert}  {one.fate}  {one.trouble}")
    return 0


def try_again(outbox: Outbox, arguments: argparse.Namespace) -> int:
    """Let one message wait for its gateway again."""
    outbox.again(MessageId(arguments.message))
    return 0
