"""Look this machine over: what is missing, wrong or weak for running Oberih here."""

import argparse
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from oberih.core.errors import OberihError
from oberih.core.time import now
from oberih.crypto import ristretto
from oberih.crypto.trust import verify_delegations
from oberih.keys.client import Ring, RingAway
from oberih.sandbox.client import Sandbox, SandboxAway
from oberih.sites.environment import data_directory, is_on

OLDEST_CRYPTOGRAPHY = 50
FEW_BYTES = 2 * 1024**3
PRIVATE_FOLDERS = ("desk", "keys", "run", "front", "lookup")


class Finding(StrEnum):
    """How a thing stands."""

    GOOD = "good"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at."""

    what: str
    finding: Finding
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing but --data."""


def run(_arguments: argparse.Namespace) -> int:
    """Print a table; return 3 when something is wrong, 0 otherwise."""
    data = data_directory()
    looks = [look for part in PARTS for look in part(data)]
    table = Table(box=None)
    for column in ("", "what", "advice"):
        table.add_column(column)
    for look in looks:
        table.add_row(look.finding.value, look.what, look.advice)
    Console().print(table)
    return 3 if any(look.finding is Finding.WRONG for look in looks) else 0


def _programs(_data: Path) -> Iterator[Look]:
    yield Look(f"Python {sys.version.split()[0]}", Finding.GOOD)
    installed = version("cryptography")
    new_enough = int(installed.split(".")[0]) >= OLDEST_CRYPTOGRAPHY
    advice = "" if new_enough else "Run `make demo` or `make test` once: 50 or newer is needed."
    yield Look(f"cryptography {installed}", _good(new_enough, otherwise=Finding.WRONG), advice)
    yield _libsodium()
    chromium = shutil.which("chromium") is not None
    advice = "" if chromium else "Needed for the tests only."
    yield Look("Chromium", _good(chromium, otherwise=Finding.LOOK), advice)


def _libsodium() -> Look:
    try:
        ristretto.random_scalar(os.urandom)
    except ristretto.NoLibsodium as error:
        return Look("libsodium", Finding.WRONG, f"{error} The look-up needs it.")
    return Look("libsodium", Finding.GOOD)


def _disk(data: Path) -> Iterator[Look]:
    place = next(folder for folder in (data, *data.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    advice = "" if free > FEW_BYTES else "Less than 2 GiB free: attachments will soon be refused."
    yield Look(
        f"{free // 1024**2} MiB free", _good(free > FEW_BYTES, otherwise=Finding.LOOK), advice
    )
    for name in PRIVATE_FOLDERS:
        folder = data / name
        if folder.exists():
            private = not stat.S_IMODE(folder.stat().st_mode) & 0o077
            advice = "" if private else f"Others can enter it: chmod 700 {folder}"
            yield Look(f"folder {name}", _good(private, otherwise=Finding.WRONG), advice)


def _memory(_data: Path) -> Iterator[Look]:
    swap = Path("/proc/swaps")
    swaps = len(swap.read_text().splitlines()) > 1 if swap.exists() else False
    advice = "Switch swap off or encrypt it: memory holds opened reports." if swaps else ""
    yield Look("no swap", _good(not swaps, otherwise=Finding.LOOK), advice)


def _trust(data: Path) -> Iterator[Look]:
    note, root = data / "keys" / "delegations.note", data / "keys" / "root.pub"
    if not root.exists():
        advice = "No keys here: `oberih desk keys new` (not needed where only the front runs)."
        yield Look("keys", Finding.LOOK, advice)
        return
    try:
        key = bytes.fromhex(root.read_text())
        verify_delegations(note.read_bytes(), root=key, now=now())
    except (OberihError, OSError, ValueError) as error:
        advice = f"{error} Sign them again with the offline root."
        yield Look("delegations", Finding.WRONG, advice)
    else:
        yield Look("delegations", Finding.GOOD)
    offline = not (data / "root" / "root.key").exists() or is_on("OBERIH_DEMO")
    advice = "" if offline else "Take root/root.key offline: two media, two places, then delete it."
    yield Look("root is offline", _good(offline, otherwise=Finding.LOOK), advice)


def _ring(data: Path) -> Iterator[Look]:
    try:
        status = Ring(data / "run" / "ring.sock").status()
    except RingAway:
        yield Look("ring", Finding.LOOK, "It is not running here: `oberih up`.")
        return
    advice = "" if status.is_unlocked else "It is locked: `oberih desk keys unlock`."
    yield Look("ring", _good(status.is_unlocked, otherwise=Finding.LOOK), advice)
    if status.delegated_until is not None:
        yield Look(f"it may sign until {status.delegated_until:%Y-%m-%d}", Finding.GOOD)


def _sandbox(data: Path) -> Iterator[Look]:
    try:
        held = Sandbox(data / "run" / "sandbox.sock").confinement()
    except SandboxAway:
        yield Look("sandbox", Finding.LOOK, "It is not running here: `oberih up`.")
        return
    advice = (
        "" if held.has_seccomp else "No seccomp here: a hostile file could read this user's files."
    )
    yield Look("sandbox: system calls", _good(held.has_seccomp, otherwise=Finding.LOOK), advice)
    advice = "" if held.has_own_network else "Its network could not be taken away on this machine."
    yield Look("sandbox: no network", _good(held.has_own_network, otherwise=Finding.LOOK), advice)


def _settings(_data: Path) -> Iterator[Look]:
    named = bool(os.environ.get("OBERIH_OPERATOR"))
    advice = "" if named else "OBERIH_OPERATOR is not set: the page says `Example operator`."
    yield Look("operator's name", _good(named, otherwise=Finding.LOOK), advice)
    confirmed = is_on("OBERIH_CONSENT_CONFIRMED")
    advice = "" if confirmed else "A lawyer has not confirmed the consent text (it says `example`)."
    yield Look("consent text", _good(confirmed, otherwise=Finding.LOOK), advice)


def _good(is_so: bool, *, otherwise: Finding) -> Finding:  # noqa: FBT001  # the one fact that is weighed
    return Finding.GOOD if is_so else otherwise


PARTS: tuple[Callable[[Path], Iterator[Look]], ...] = (
    _programs,
    _disk,
    _memory,
    _trust,
    _ring,
    _sandbox,
    _settings,
)
