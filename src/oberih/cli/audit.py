"""Verify the chain of acts on the desk: `oberih audit verify`.

Exit 0: every entry follows from the one before. 1: the first wrong position is named. 3: locked.
"""

import argparse

from oberih.cli.unlocking import add_data_argument, add_passphrase_argument, open_desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take `verify`."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    verify = acts.add_parser("verify", help="follow the chain from its first entry to its last")
    add_passphrase_argument(verify)
    add_data_argument(verify)


def run(arguments: argparse.Namespace) -> int:
    """Verify and print the length and the last digest; raises ChainBroken."""
    open_desk(arguments.passphrase_fd)
    from oberih.audit.selectors import verify_chain  # noqa: PLC0415  # needs the opened database

    verified = verify_chain()
    print(f"The audit is whole: {verified.entries} entries, {verified.erased} erased.")
    print(f"Last digest: {verified.digest.hex()}")
    return 0
