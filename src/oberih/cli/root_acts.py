"""What the offline root is brought for: its yearly word on the keys, its shares, its recovery."""

import sys
from collections.abc import Callable

from oberih.core import time
from oberih.keys.making import Places, renew_delegations
from oberih.keys.passphrase import Passphrase
from oberih.keys.shares import NEEDED, SHARES, restore_root, split_root
from oberih.sites.environment import data_directory


def renew(passphrase: Passphrase) -> int:
    """Have the offline root, brought for it, name the keys for another year."""
    renew_delegations(_places(), passphrase=passphrase, now=time.now())
    print("The keys are named for another year. Take the root offline again.", file=sys.stderr)
    return 0


def split(passphrase: Passphrase) -> int:
    """Print three shares of the root, a line each."""
    shares = split_root(_places(), passphrase=passphrase)
    told = f"One line for each of {SHARES} people, on paper; any {NEEDED} bring the root back."
    print(told, file=sys.stderr)
    print(*shares, sep="\n")
    return 0


def restore(passphrase: Passphrase) -> int:
    """Read two shares, a line each, from the input; write root.key again."""
    shares = [line for line in sys.stdin.read().splitlines() if line.strip()]
    restore_root(_places(), shares=shares, passphrase=passphrase)
    print("The root is here again. Take it offline when you are done.", file=sys.stderr)
    return 0


def _places() -> Places:
    data = data_directory()
    return Places(data / "keys", data / "root")


ROOT_ACTS: dict[str, Callable[[Passphrase], int]] = {
    "renew": renew,
    "split": split,
    "restore": restore,
}
