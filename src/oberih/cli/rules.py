"""Publish the check's rules as a signed edition, or verify a published one.

`oberih rules publish [FILE --edition N]` on the desk: signs and publishes the rules that came with
the program, or newer ones from a file (compiled, as src/oberih/check/compiled/rules.json).
`oberih rules verify FILE|URL` for anyone: the note rules/current.note and the file it names.
Exit 0: published; or genuine, in date and not older than this program's own. 1: refused.
2: it cannot be read as an address or file. 3: the front or the keys are away.
"""

import argparse
from pathlib import Path

from oberih.check.edition import Edition, own_edition
from oberih.cli.alert_places import NotThere
from oberih.cli.alerts import add_trust_arguments
from oberih.cli.own_ring import open_desk_with_ring, use_addresses
from oberih.cli.published_rules import Source, published_rules
from oberih.cli.unlocking import add_data_argument, add_passphrase_argument
from oberih.core import time
from oberih.core.canonical import NotCanonical
from oberih.core.errors import BadInput, Refused


class NoEdition(BadInput):
    """Rules from a file need a number above every edition before: --edition N."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take `publish` or `verify`."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    publish = acts.add_parser("publish", help="on the desk: sign and publish, through the log")
    publish.add_argument("file", nargs="?", type=Path, metavar="FILE", help="newer compiled rules")
    publish.add_argument("--edition", type=int, metavar="N", help="the number of these rules")
    add_passphrase_argument(publish)
    add_data_argument(publish)
    publish.set_defaults(act=run_publish)
    verify = acts.add_parser("verify", help="check published rules, from anywhere")
    verify.add_argument("place", metavar="FILE|URL", help="the note rules/current.note")
    add_trust_arguments(verify)
    add_data_argument(verify)
    verify.set_defaults(act=run_verify)


def run(arguments: argparse.Namespace) -> int:
    """Do the act that was named."""
    return int(arguments.act(arguments))


def run_publish(arguments: argparse.Namespace) -> int:
    """Take a newer edition over when a file is given; publish the newest one now."""
    if arguments.file is not None and (arguments.edition or 0) < 1:
        raise NoEdition
    content = _content(arguments.file)
    use_addresses()
    ring = open_desk_with_ring(arguments.passphrase_fd)
    from oberih.desk.preparing import make_tables  # noqa: PLC0415  # needs the opened database
    from oberih.desk.rules_publishing import hand_over  # noqa: PLC0415  # the same
    from oberih.desk.wiring import rules_publisher  # noqa: PLC0415  # the same

    make_tables()
    publisher = rules_publisher(ring)
    if content:
        hand_over(content, edition=Edition(arguments.edition), folder=publisher.folder)
    print(f"Edition {publisher.publish(now=time.now())} of the rules is published.")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Print which edition it is, or why it is refused."""
    source = Source(arguments.place, arguments.root, arguments.delegations)
    try:
        published, _rules = published_rules(source)
    except (Refused, NotCanonical) as refusal:
        print(f"refused: {refusal}")
        return 1
    is_newer = published.edition > own_edition()
    print(f"signed, valid until {published.not_after:%Y-%m-%d %H:%M} UTC")
    print(f"edition {published.edition}, {'newer than' if is_newer else 'as'} this program's own")
    return 0


def _content(file: Path | None) -> bytes:
    if file is None:
        return b""
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotThere from error
