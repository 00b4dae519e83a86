"""The ring for one command: the running one when it is unlocked, else keys unlocked here."""

import json
import os
import secrets
from pathlib import Path

from oberih.cli.unlocking import open_desk, with_passphrase
from oberih.core import time
from oberih.core.errors import CouldNot
from oberih.core.time import Epoch
from oberih.keys.client import Ring
from oberih.keys.items import Resealed
from oberih.keys.making import DATABASE
from oberih.keys.opened import OpenedRing
from oberih.keys.passphrase import Passphrase
from oberih.keys.vault import Vault
from oberih.sites.descriptors import lend
from oberih.sites.environment import data_directory


class OwnRing(OpenedRing):
    """Keys that this command unlocked itself; they are gone when it ends."""

    def open_attachment(self, sealed: Path, *, to: Path, epoch: Epoch) -> Resealed:
        """Re-seal an attachment; `to` appears only when it is whole."""
        fresh = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
        try:
            with sealed.open("rb") as source, fresh.open("xb") as sink:
                item = self.reseal(source, sink, epoch=epoch)
                sink.flush()
                os.fsync(sink.fileno())
            fresh.replace(to)
        finally:
            fresh.unlink(missing_ok=True)
        return item


def open_desk_with_ring(passphrase_fd: int | None) -> Ring | OwnRing:
    """Set the desk up and return a ring that opens and signs.

    Raises NoPassphrase, WrongPassphrase, NoKeys. The words are read once and serve both.
    """
    vault = with_passphrase(_vault, passphrase_fd)
    if not os.environ.get("OBERIH_DESK_DATABASE"):
        os.environ["OBERIH_DESK_KEY_FD"] = str(lend(vault.take(DATABASE)))
    open_desk(passphrase_fd)
    running = Ring(data_directory() / "run" / "ring.sock")
    return running if _is_unlocked(running) else OwnRing(vault, clock=time.now)


def use_addresses() -> None:
    """Use the addresses of the running processes where the environment names none."""
    file = data_directory() / "run" / "addresses.json"
    if file.is_file():
        for name, address in json.loads(file.read_text()).items():
            os.environ.setdefault(name, address)


def _vault(passphrase: Passphrase) -> Vault:
    return Vault.open(data_directory() / "keys", passphrase=passphrase)


def _is_unlocked(ring: Ring) -> bool:
    try:
        return ring.status().is_unlocked
    except CouldNot:
        return False
