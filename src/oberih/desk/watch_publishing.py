"""Publishes the watch list: a key an epoch, handed to the look-up before families see the list."""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core import canonical
from oberih.core.errors import CouldNot
from oberih.crypto.notes import Document, Purpose
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import ENTRY
from oberih.desk import bookkeeping
from oberih.desk.front_calls import Front
from oberih.desk.key_ring import KeyRing
from oberih.desk.lookup_calls import HandedKey, hand_over
from oberih.desk.watch_building import Plan, Progress, build, quiet
from oberih.desk.watch_list import Listed, contents, digest, numbers_body
from oberih.desk.watch_models import WatchEpoch, WatchManifest
from oberih.desk.watch_states import EpochState
from oberih.system.private_files import make_private_folder

GRACE = timedelta(hours=48)
"""How long a page that was opened with the list before is still answered."""

EPOCH_LASTS = timedelta(days=7)
SIGN_EVERY = timedelta(days=1)
NOTE_LASTS = timedelta(days=10)
CLOCK_SKEW = timedelta(hours=1)
NUMBERS_LAST = timedelta(days=120)
BETWEEN = timedelta(minutes=1)
"""Changes within a minute go out together."""

MANIFEST = "watch-list.note"
NUMBERS = "numbers.note"


class AlreadyBuilding(CouldNot):
    """Another process of this desk is building the watch list at this moment."""


@dataclass(frozen=True, slots=True)
class WatchPublisher:
    """What publishing needs: the ring signs, the front shows, the look-up answers."""

    ring: KeyRing
    front: Front
    lookup: Front
    folder: Path

    def turn(self, *, now: datetime) -> bool:
        """Publish what is due; return whether a new list went out. Raises CouldNot."""
        with self._alone():
            return self._turn(now, progress=quiet, gather=BETWEEN)

    def publish(self, *, now: datetime, progress: Progress = quiet) -> bool:
        """Publish a changed list without waiting for other changes. Raises CouldNot."""
        with self._alone():
            return self._turn(now, progress=progress, gather=timedelta(0))

    def _turn(self, now: datetime, *, progress: Progress, gather: timedelta) -> bool:
        retire_followed(now=now)
        self._publish_numbers(now)
        listed = contents(today=now.date())
        epoch = wanted_epoch(digest(listed), now=now, gather=gather)
        is_new = epoch.state == EpochState.DRAWN
        whole = self._built(epoch, listed=listed, progress=progress)
        manifest = newest_manifest(epoch)
        if is_new or manifest is None or now - manifest.signed_at >= SIGN_EVERY:
            self._hand_over(epoch, now=now)
            manifest = self._signed(epoch, now=now)
        self._show(f"watch-list/{epoch.number}.bin", content=whole)
        self._show(MANIFEST, content=bytes(manifest.note))
        if is_new:
            mark_published(epoch, now=now)
        return is_new

    def _built(self, epoch: WatchEpoch, *, listed: Sequence[Listed], progress: Progress) -> bytes:
        at = self.folder / f"{epoch.number}.bin"
        if epoch.state == EpochState.PUBLISHED and at.exists():
            return at.read_bytes()
        plan = Plan(listed, epoch.contents, bytes.fromhex(epoch.secret), epoch.key)
        whole = build(plan, at=at, progress=progress)
        epoch.size, epoch.count = len(whole), len(whole) // ENTRY
        epoch.sha256 = sha256(whole).hexdigest()
        epoch.save(update_fields=["size", "count", "sha256"])
        return whole

    def _hand_over(self, epoch: WatchEpoch, *, now: datetime) -> None:
        key = EvaluationKey.from_secret(bytes.fromhex(epoch.secret), mode=Mode.VOPRF)
        last = _whole(now) + NOTE_LASTS + GRACE
        hand_over(HandedKey(epoch.number, key, last), listener=self.lookup)

    def _signed(self, epoch: WatchEpoch, *, now: datetime) -> WatchManifest:
        before = newest_manifest()
        number = 1 if before is None else before.sequence + 1
        previous = "" if before is None else before.sha256
        note = self.ring.sign(manifest_document(epoch, place=(number, previous), now=now))
        return WatchManifest.objects.create(
            sequence=number,
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
        start = _whole(now)
        note = self.ring.sign(
            Document(
                purpose=Purpose.NUMBERS,
                sequence=int(start.timestamp()),
                not_before=start - CLOCK_SKEW,
                not_after=start + NUMBERS_LAST,
                body=body,
            )
        )
        self.front.publish(NUMBERS, content=note)
        bookkeeping.mark_published(NUMBERS, digest=stamp)

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


def wanted_epoch(wanted: str, *, now: datetime, gather: timedelta) -> WatchEpoch:
    """Return the epoch to show now: the newest, or one that is drawn for a changed list.

    A change waits until the list before is as old as `gather`.
    """
    newest = WatchEpoch.objects.order_by("-number").first()
    if newest is None:
        return draw(1, wanted=wanted, now=now)
    if newest.state == EpochState.DRAWN and newest.contents == wanted:
        return newest
    if newest.state == EpochState.PUBLISHED and not _is_over(
        newest, wanted=wanted, since=now - gather, now=now
    ):
        return newest
    return draw(newest.number + 1, wanted=wanted, now=now)


def draw(
    number: int, *, wanted: str, now: datetime, random: Callable[[int], bytes] = os.urandom
) -> WatchEpoch:
    """Draw an epoch's independent key; one that was drawn before and never shown is forgotten."""
    key = EvaluationKey.generate(mode=Mode.VOPRF, random=random)
    with transaction.atomic():
        WatchEpoch.objects.filter(state=EpochState.DRAWN).update(
            state=EpochState.RETIRED, secret=""
        )
        return WatchEpoch.objects.create(
            number=number,
            secret=key.secret.hex(),
            key=key.public.hex(),
            contents=wanted,
            drawn_at=now,
        )


def manifest_document(epoch: WatchEpoch, *, place: tuple[int, str], now: datetime) -> Document:
    """Return what is signed; `place` is its number and the hash of the manifest before."""
    sequence, previous = place
    return Document(
        purpose=Purpose.WATCH_LIST,
        sequence=sequence,
        not_before=_whole(now) - CLOCK_SKEW,
        not_after=_whole(now) + NOTE_LASTS,
        body={
            "bits": 0,
            "count": epoch.count,
            "epoch": epoch.number,
            "form": "whole",
            "key": epoch.key,
            "previous": previous,
            "salt": "",
            "sha256": epoch.sha256,
            "size": epoch.size,
        },
    )


def mark_published(epoch: WatchEpoch, *, now: datetime) -> None:
    """Note that families have this epoch's list; the ones before get their grace."""
    with transaction.atomic():
        earlier = WatchEpoch.objects.filter(state=EpochState.PUBLISHED, followed_at=None)
        earlier.update(followed_at=now)
        epoch.state, epoch.published_at = EpochState.PUBLISHED, now
        epoch.save(update_fields=["state", "published_at"])
        record(
            Act.WATCH_LIST_PUBLISHED,
            actor=None,
            subject="watch-list",
            detail={"epoch": epoch.number, "count": epoch.count},
        )


def retire_followed(*, now: datetime) -> None:
    """Forget the keys of epochs whose grace is over."""
    WatchEpoch.objects.filter(state=EpochState.PUBLISHED, followed_at__lt=now - GRACE).update(
        state=EpochState.RETIRED, secret=""
    )


def newest_manifest(epoch: WatchEpoch | None = None) -> WatchManifest | None:
    """Return the manifest signed last, of one epoch or of all."""
    signed = WatchManifest.objects.order_by("-sequence")
    return (signed if epoch is None else signed.filter(epoch=epoch)).first()


def _is_over(epoch: WatchEpoch, *, wanted: str, since: datetime, now: datetime) -> bool:
    published = epoch.published_at or epoch.drawn_at
    has_changed = epoch.contents != wanted and published <= since
    return has_changed or now - published >= EPOCH_LASTS


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
