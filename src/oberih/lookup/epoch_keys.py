"""The epochs' keys: sealed on the disk so that a restart needs no desk, wiped after rotation.

A file's remains may stay on a journalling or flash disk, and Python leaves copies in memory until
the process ends: the service key's own safety, and the next epoch's key, are what counts then.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from oberih.core import canonical
from oberih.crypto.blind_questions import HIGHEST_EPOCH
from oberih.crypto.fields import Fields, spelled_time
from oberih.crypto.ristretto import Element
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.lookup.credential import ServiceKey, WrongServiceKey
from oberih.lookup.refusals import EpochOver, Fenced, NotReady, OtherKey, UnknownEpoch
from oberih.system.private_files import destroy, make_private_folder, write_whole

GRACE = timedelta(hours=48)
"""How long lists of the epoch before are still answered."""
VERSION = 1
LABEL = b"oberih/1/lookup-key\0"
NEWEST = "newest.json"


@dataclass(frozen=True, slots=True)
class EpochKey:
    """One epoch's key as the desk hands it over; `not_after` is the last moment it answers."""

    epoch: int
    secret: bytes = field(repr=False)
    not_after: datetime

    @classmethod
    def read(cls, fields: Fields) -> "EpochKey":
        """Take the three fields; raises the fields' own error."""
        key = cls(
            epoch=fields.number("epoch", most=HIGHEST_EPOCH),
            secret=fields.hexadecimal("secret", length=32),
            not_after=fields.time("not_after"),
        )
        fields.close()
        return key

    def as_json(self) -> dict[str, canonical.Json]:
        """Return the three fields."""
        return {
            "epoch": self.epoch,
            "secret": self.secret.hex(),
            "not_after": spelled_time(self.not_after),
        }

    def opened(self) -> EvaluationKey:
        """Return the key that evaluates; raises NotAScalar."""
        return EvaluationKey.from_secret(self.secret, mode=Mode.VOPRF)


class EpochKeys:
    """The keys in a folder; another process may add to it at any moment."""

    def __init__(self, folder: Path, *, service_key: ServiceKey) -> None:
        """Take the folder and what its files are sealed under."""
        self._folder = folder
        self._service_key = service_key
        self._seen = -1
        self._open: dict[int, tuple[EvaluationKey, datetime]] = {}
        make_private_folder(folder)

    def key(self, epoch: int, *, now: datetime) -> EvaluationKey:
        """Return the epoch's key; raises UnknownEpoch, and NotReady when there is none at all."""
        changed = self._folder.stat().st_mtime_ns
        if changed != self._seen:
            self._load()
            self._seen = changed
        if not self._open:
            raise NotReady
        key, not_after = self._open.get(epoch, (None, now))
        if key is None or now > not_after:
            raise UnknownEpoch
        return key

    def keep(self, key: EpochKey, *, now: datetime) -> Element:
        """Keep a key that was handed over and return its public half; older ones get their grace.

        Raises EpochOver below the newest, OtherKey for a second key of one epoch, NotAScalar.
        """
        opened = key.opened()
        with self._alone():
            newest = self._remembered()
            if key.epoch < newest["epoch"] or key.not_after <= now:
                raise EpochOver
            for known in self._sealed():
                self._retire(known, by=key, now=now)
            self._write(key)
            self._remember({**newest, "epoch": key.epoch})
        return opened.public

    def raise_fence(self, fence: int) -> None:
        """Remember the highest fencing number; raises Fenced for a lower one."""
        with self._alone():
            remembered = self._remembered()
            if fence < remembered["fence"]:
                raise Fenced(remembered["fence"])
            if fence > remembered["fence"]:
                self._remember({**remembered, "fence": fence})

    def wipe_due(self, *, now: datetime) -> int:
        """Destroy every key whose time is over; return how many were."""
        with self._alone():
            over = [key for key in self._sealed() if now > key.not_after]
            for key in over:
                destroy(self._path(key.epoch))
        self._open = {
            epoch: (key, not_after)
            for epoch, (key, not_after) in self._open.items()
            if now <= not_after
        }
        return len(over)

    def _retire(self, known: EpochKey, *, by: EpochKey, now: datetime) -> None:
        if known.epoch == by.epoch and known.secret != by.secret:
            raise OtherKey
        if known.epoch < by.epoch and known.not_after > now + GRACE:
            self._write(replace(known, not_after=now + GRACE))

    def _load(self) -> None:
        self._open = {key.epoch: (key.opened(), key.not_after) for key in self._sealed()}

    def _sealed(self) -> Iterator[EpochKey]:
        for path in sorted(self._folder.glob("*.key")):
            try:
                content = self._service_key.open(path.read_bytes(), label=_label(int(path.stem)))
            except FileNotFoundError:  # the other process has just wiped it
                continue
            fields = Fields(canonical.decode(content), error=WrongServiceKey)
            fields.require(fields.number("v") == VERSION)
            yield EpochKey.read(fields)

    def _write(self, key: EpochKey) -> None:
        content = canonical.encode({"v": VERSION, **key.as_json()})
        sealed = self._service_key.seal(content, label=_label(key.epoch))
        write_whole(self._path(key.epoch), content=sealed)

    def _path(self, epoch: int) -> Path:
        return self._folder / f"{epoch}.key"

    def _remembered(self) -> dict[str, int]:
        place = self._folder / NEWEST
        if not place.exists():
            return {"epoch": 0, "fence": 0}
        fields = Fields(canonical.decode(place.read_bytes()), error=WrongServiceKey)
        return {"epoch": fields.number("epoch"), "fence": fields.number("fence")}

    def _remember(self, newest: dict[str, int]) -> None:
        write_whole(self._folder / NEWEST, content=canonical.encode(newest))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let the two listeners change the folder one after the other."""
        with (self._folder / ".changing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _label(epoch: int) -> bytes:
    return LABEL + epoch.to_bytes(4, "big")
