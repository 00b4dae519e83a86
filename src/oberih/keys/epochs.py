"""The desk's weekly recipients: a random identity a week, each in a file of its own.

Nothing derives one from another, so that a destroyed file closes its week for good. An identity
is destroyed by a person's act, when its week is drained and backed up, never by the clock alone.
"""

import os
from datetime import UTC, datetime

from oberih.core.errors import Refused
from oberih.core.time import Epoch, epoch_of
from oberih.crypto.age import Identity
from oberih.keys.vault import NoSuchSecret, Vault

FOLDER = "epochs"
WEEKS_AHEAD = 4
WEEKS_ACCEPTED = 4
SEED_SIZE = 32


class NoSuchEpoch(Refused):
    """The recipient of this week is not on this ring: never made, or destroyed."""


class EpochStillOpen(Refused):
    """Reports for this week may still arrive: its recipient is kept."""


class Epochs:
    """The identities that one unlocked ring holds."""

    def __init__(self, vault: Vault) -> None:
        """Take the vault that keeps them."""
        self._vault = vault

    def make_ahead(self, now: datetime) -> None:
        """Make this week's identity and those of the four weeks to come, where they are missing."""
        current = epoch_of(now.astimezone(UTC).date())
        held = set(self.held())
        for epoch in range(current, current + WEEKS_AHEAD + 1):
            if epoch not in held:
                self._vault.put(f"{FOLDER}/{epoch}", secret=os.urandom(SEED_SIZE))

    def held(self) -> list[Epoch]:
        """Return the weeks whose envelopes can be opened, oldest first."""
        return sorted(Epoch(int(name)) for name in self._vault.names(FOLDER))

    def identity(self, epoch: Epoch) -> Identity:
        """Return the identity of a week; raises NoSuchEpoch."""
        try:
            return Identity.from_seed(self._vault.take(f"{FOLDER}/{epoch}"))
        except NoSuchSecret as error:
            raise NoSuchEpoch from error

    def destroy(self, epoch: Epoch, *, now: datetime) -> None:
        """Destroy the identity of a drained week; raises EpochStillOpen, NoSuchEpoch."""
        if epoch >= epoch_of(now.astimezone(UTC).date()) - WEEKS_ACCEPTED:
            raise EpochStillOpen
        try:
            self._vault.destroy(f"{FOLDER}/{epoch}")
        except NoSuchSecret as error:
            raise NoSuchEpoch from error
