"""The passphrase of the desk's keys: seven generated words (77 bits), and where they come from.

In this order: an open descriptor (--passphrase-fd), a credential of the service manager
(CREDENTIALS_DIRECTORY/oberih-passphrase: unattended unlock, whoever starts the machine starts the
desk), the demo's own file (<data>/root/passphrase, which only the demo writes), a typed prompt.
"""

import getpass
import os
import secrets
import sys
import unicodedata
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from oberih.core.errors import BadInput, CouldNot

WORDS = 7
LIST_SIZE = 2048
LONGEST = 1000
CREDENTIAL = "oberih-passphrase"
DEMO_FILE = Path("root") / "passphrase"
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'"})


class NoPassphrase(CouldNot):
    """The keys are locked: give the words at a prompt or with --passphrase-fd."""


class EmptyPassphrase(BadInput):
    """No words were given."""


class Passphrase:
    """The words as they are stretched: folded in case, width, apostrophes and spaces."""

    __slots__ = ("__octets",)

    def __init__(self, text: str) -> None:
        """Take the words as somebody typed them; raises EmptyPassphrase."""
        folded = unicodedata.normalize("NFKC", text).casefold().translate(APOSTROPHES)
        joined = " ".join(folded.split())
        if not joined or len(joined) > LONGEST:
            raise EmptyPassphrase
        self.__octets = joined.encode()

    def __repr__(self) -> str:
        """Say what it is, never what is in it."""
        return "Passphrase(hidden)"

    def __reduce__(self) -> str:
        """Refuse to be pickled."""
        message = "A passphrase is never written down."
        raise TypeError(message)

    @property
    def octets(self) -> bytes:
        """Return what is stretched or sent to the ring."""
        return self.__octets


def generate(language: str, *, choose: Callable[[int], int] = secrets.randbelow) -> str:
    """Return seven words of the receipt's list (uk or en), to be shown once."""
    listed = resources.files("oberih.crypto").joinpath("words", f"{language}.txt")
    words = listed.read_text(encoding="utf-8").split()
    return " ".join(words[choose(LIST_SIZE)] for _ in range(WORDS))


def obtain(descriptor: int | None, *, directory: Path) -> Passphrase:
    """Return the passphrase from the first place that has one; raises NoPassphrase.

    `directory` is OBERIH_DATA.
    """
    if descriptor is not None:
        return _from_descriptor(descriptor)
    stored = _stored(directory)
    if stored is not None:
        return Passphrase(stored)
    if not sys.stdin.isatty():
        raise NoPassphrase
    return Passphrase(getpass.getpass("Words of the desk's keys: "))


def _stored(directory: Path) -> str | None:
    """Return what the service manager or the demo keeps for us, None when neither does."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    places = [Path(credentials) / CREDENTIAL] if credentials else []
    for place in [*places, directory / DEMO_FILE]:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    return None


def _from_descriptor(descriptor: int) -> Passphrase:
    try:
        with os.fdopen(descriptor, "r", encoding="utf-8", closefd=False) as file:
            return Passphrase(file.readline(LONGEST))
    except (OSError, UnicodeDecodeError) as error:
        raise NoPassphrase from error
