"""Opens the desk's database for a command: by --passphrase-fd, a credential, or a prompt."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import django

from oberih.keys.making import database_key
from oberih.keys.passphrase import Passphrase, obtain
from oberih.keys.vault import WrongPassphrase
from oberih.sites.descriptors import lend
from oberih.sites.environment import data_directory

MOST_TRIES = 3
Opened = TypeVar("Opened")


def add_passphrase_argument(parser: argparse.ArgumentParser) -> None:
    """Take --passphrase-fd."""
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help="read the words of the desk's keys from this open descriptor",
    )


def add_data_argument(parser: argparse.ArgumentParser) -> None:
    """Take --data behind a second word too: `oberih audit verify --data DIR`."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="where everything is kept (or OBERIH_DATA)",
    )


def open_desk(passphrase_fd: int | None) -> None:
    """Make the desk's database usable in this process and set Django up.

    Raises NoPassphrase, WrongPassphrase (after three tries at a prompt), NoKeys. A PostgreSQL
    is not opened by the words, and a key that the parent has lent is used as it is.
    """
    needs_key = not os.environ.get("OBERIH_DESK_DATABASE")
    if needs_key and "OBERIH_DESK_KEY_FD" not in os.environ:
        keys = data_directory() / "keys"
        key = with_passphrase(lambda words: database_key(keys, passphrase=words), passphrase_fd)
        os.environ["OBERIH_DESK_KEY_FD"] = str(lend(key))
    os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
    django.setup()


def with_passphrase(use: Callable[[Passphrase], Opened], passphrase_fd: int | None) -> Opened:
    """Use the words; ask again at a prompt, three times in all; raises WrongPassphrase."""
    may_ask_again = passphrase_fd is None and sys.stdin.isatty()
    for _ in range(MOST_TRIES - 1 if may_ask_again else 0):
        try:
            return use(obtain(passphrase_fd, directory=data_directory()))
        except WrongPassphrase as error:
            print(f"oberih: {error}", file=sys.stderr)
    return use(obtain(passphrase_fd, directory=data_directory()))
