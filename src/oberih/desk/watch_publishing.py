"""Publishes the watch list: a key an epoch, handed to the look-up before families see the list."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from oberih.core import canonical
from oberih.core.errors import CouldNot
from oberih.crypto.notes import Document, Purpose
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.desk import bookkeeping, watch_epochs
from oberih.desk.front_calls import Front
from oberih.desk.key_ring import KeyRing
from oberih.desk.logged_front import LoggedFront
from oberih.desk.lookup_calls import HandedKey, hand_over
from oberih.desk.watch_building import (
    Built,
    Plan,
    Progress,
    build,
    described,
    published_files,
    quiet,
    remove,
)
from oberih.desk.watch_contents import Contents
from oberih.desk.watch_list import fingerprint, numbers_body, rows
from oberih.desk.watch_models import WatchEpoch, WatchManifest
from oberih.desk.watch_states import EpochState
from oberih.system.private_files import make_private_folder, write_whole

SIGN_EVERY = timedelta(days=1)
NUMBERS_LAST = timedelta(days=120)
BETWEEN = timedelta(minutes=1)
"""Changes within a minute go out together."""

MANIFEST = "watch-list.note"
NUMBERS = "numbers.note"
READ = "read.json"


class AlreadyBuilding(CouldNot):
    """Another process of this desk is building the watch list at this moment."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One attempt to publish: when, whom progress is shown, how long a change waits for others."""

    now: datetime
    progress: Progress = quiet
    gather: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class WatchPublisher:
    """What publishing needs: the ring signs, the front shows, the look-up answers."""

    ring: KeyRing
    front: LoggedFront
    lookup: Front
    folder: Path

    def turn(self, *, now: datetime) -> bool:
        """Publish what is due; return whether a new list went out. Raises CouldNot."""
        with self._alone():
            return self._turn(Turn(now, gather=BETWEEN))

    def publish(self, *, now: datetime, progress: Progress = quiet) -> bool:
        """Publish a changed list without waiting for other changes. Raises CouldNot."""
        with self._alone():
            return self._turn(Turn(now, progress))

    def _turn(self, turn: Turn) -> bool:
        now = turn.now
        for number in watch_epochs.retire_followed(now=now):
            remove(self._file(number))
        self._publish_numbers(now)
        epoch = self._built_epoch(turn)
        is_new = epoch.state == EpochState.DRAWN
        manifest = watch_epochs.newest_manifest(epoch)
        if is_new or manifest is None or now - manifest.signed_at >= SIGN_EVERY:
            self._hand_over(epoch, now=now)
            manifest = self._signed(epoch, now=now)
        self._show_list(epoch)
        self._show(MANIFEST, content=bytes(manifest.note))
        if is_new:
            watch_epochs.mark_published(epoch, now=now)
        return is_new

    def _built_epoch(self, turn: Turn) -> WatchEpoch:
        """Return the epoch to show, its file made; a list that cannot be made again is followed."""
        wanted = self._contents(turn.now.date())
        epoch = watch_epochs.wanted_epoch(wanted, now=turn.now, gather=turn.gather)
        built = self._built(epoch, wanted=wanted, turn=turn)
        if not watch_epochs.is_described(epoch, built=built):
            remove(self._file(epoch.number))
            epoch = watch_epochs.draw(wanted, now=turn.now)
            built = self._built(epoch, wanted=wanted, turn=turn)
        if epoch.state == EpochState.DRAWN:
            watch_epochs.describe(epoch, built=built)
        return epoch

    def _built(self, epoch: WatchEpoch, *, wanted: Contents, turn: Turn) -> Built:
        at = self._file(epoch.number)
        if epoch.state == EpochState.PUBLISHED and at.exists():
            return Built(epoch.size, epoch.sha256, epoch.whole)
        if at.exists():
            return described(at, bits=epoch.bits)
        listed = rows(today=turn.now.date())
        plan = Plan(listed, wanted, watch_epochs.blinding_of(epoch))
        return build(plan, at=at, progress=turn.progress)

    def _contents(self, today: date) -> Contents:
        """Return what the list comes to; it is read only when it can have changed."""
        mark, memory = fingerprint(today=today), self.folder / READ
        known = json.loads(memory.read_text()) if memory.exists() else {}
        if known.get("mark") == mark:
            return Contents(known["count"], known["digest"])
        found = Contents.of(rows(today=today))
        write_whole(memory, content=json.dumps({"mark": mark, **asdict(found)}).encode())
        return found

    def _file(self, number: int) -> Path:
        return self.folder / f"{number}.bin"

    def _hand_over(self, epoch: WatchEpoch, *, now: datetime) -> None:
        key = EvaluationKey.from_secret(bytes.fromhex(epoch.secret), mode=Mode.VOPRF)
        last = watch_epochs.whole_second(now) + watch_epochs.NOTE_LASTS + watch_epochs.GRACE
        hand_over(HandedKey(epoch.number, key, last), listener=self.lookup)

    def _signed(self, epoch: WatchEpoch, *, now: datetime) -> WatchManifest:
        before = watch_epochs.newest_manifest()
        place = (1, "") if before is None else (before.sequence + 1, before.sha256)
        note = self.ring.sign(watch_epochs.manifest_document(epoch, place=place, now=now))
        return WatchManifest.objects.create(
            sequence=place[0],
            epoch=epoch,
            note=note,
            sha256=sha256(note).hexdigest(),
            signed_at=now,
        )

    def _publish_numbers(self, now: datetime) -> None:
        body = numbers_body(today=now.date())
        month = now.strftime("%Y-%m")
        stamp = sha256(canonical.encode([month, body])).hexdigest()
        if bookkeeping.published_digest(NUMBERS) == stamp:
            return
        start = watch_epochs.whole_second(now)
        note = self.ring.sign(
            Document(
                purpose=Purpose.NUMBERS,
                sequence=int(start.timestamp()),
                not_before=start - watch_epochs.CLOCK_SKEW,
                not_after=start + NUMBERS_LAST,
                body=body,
            )
        )
        self.front.publish(NUMBERS, content=note)
        bookkeeping.mark_published(NUMBERS, digest=stamp)

    def _show_list(self, epoch: WatchEpoch) -> None:
        """Publish every file of the list; buckets that the front has already are not sent again."""
        all_of_it = f"watch-list/{epoch.number}"
        if bookkeeping.published_digest(all_of_it) == epoch.sha256:
            return
        at = self._file(epoch.number)
        for path, content in published_files(at, epoch=epoch.number, bits=epoch.bits):
            self._show(path, content=content)
        bookkeeping.mark_published(all_of_it, digest=epoch.sha256)
        bookkeeping.forget_published_below(f"{all_of_it}/")

    def _show(self, path: str, *, content: bytes) -> None:
        stamp = sha256(content).hexdigest()
        if bookkeeping.published_digest(path) != stamp:
            self.front.publish(path, content=content)
            bookkeeping.mark_published(path, digest=stamp)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        make_private_folder(self.folder)
        with (self.folder / ".building").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise AlreadyBuilding from error
            yield
