"""The epochs of the watch list: which one families have now, its key, its signed manifest."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.crypto.buckets import bits_for
from oberih.crypto.manifest import SALT, Form, Manifest
from oberih.crypto.notes import Document, Purpose
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.desk.watch_building import Built
from oberih.desk.watch_contents import Contents
from oberih.desk.watch_entries import Blinding
from oberih.desk.watch_models import WatchEpoch, WatchManifest
from oberih.desk.watch_states import EpochState

GRACE = timedelta(hours=48)
"""How long a page that was opened with the list before is still answered."""

EPOCH_LASTS = timedelta(days=7)
NOTE_LASTS = timedelta(days=10)
CLOCK_SKEW = timedelta(hours=1)

Random = Callable[[int], bytes]


def wanted_epoch(wanted: Contents, *, now: datetime, gather: timedelta) -> WatchEpoch:
    """Return the epoch to show now: the newest, or one that is drawn for a changed list.

    A change waits until the list before is as old as `gather`.
    """
    newest = WatchEpoch.objects.order_by("-number").first()
    if newest is None:
        return draw(wanted, now=now)
    if newest.state == EpochState.DRAWN and newest.contents == wanted.digest:
        return newest
    if newest.state == EpochState.PUBLISHED and not _is_over(
        newest, wanted=wanted.digest, since=now - gather, now=now
    ):
        return newest
    return draw(wanted, now=now)


def draw(wanted: Contents, *, now: datetime, random: Random = os.urandom) -> WatchEpoch:
    """Draw an epoch's independent key; one that was drawn before and never shown is forgotten.

    Its salt is that of the epoch before, else a new one; it is cut as its length asks for.
    """
    key = EvaluationKey.generate(mode=Mode.VOPRF, random=random)
    newest = WatchEpoch.objects.order_by("-number").first()
    with transaction.atomic():
        WatchEpoch.objects.filter(state=EpochState.DRAWN).update(
            state=EpochState.RETIRED, secret=""
        )
        return WatchEpoch.objects.create(
            number=1 if newest is None else newest.number + 1,
            secret=key.secret.hex(),
            key=key.public.hex(),
            contents=wanted.digest,
            count=wanted.count,
            bits=bits_for(wanted.count),
            salt=(newest.salt if newest else "") or random(SALT).hex(),
            drawn_at=now,
        )


def blinding_of(epoch: WatchEpoch) -> Blinding:
    """Return what the epoch's entries are made with."""
    return Blinding(bytes.fromhex(epoch.secret), bytes.fromhex(epoch.salt), epoch.bits)


def describe(epoch: WatchEpoch, *, built: Built) -> None:
    """Keep what the manifest will say of the finished list."""
    epoch.size, epoch.sha256, epoch.whole = built.size, built.sha256, built.whole
    epoch.save(update_fields=["size", "sha256", "whole"])


def is_described(epoch: WatchEpoch, *, built: Built) -> bool:
    """Tell whether this is the list that families were told of; true before they were."""
    return epoch.state == EpochState.DRAWN or epoch.sha256 == built.sha256


def manifest_document(epoch: WatchEpoch, *, place: tuple[int, str], now: datetime) -> Document:
    """Return what is signed; `place` is its number and the hash of the manifest before."""
    sequence, previous = place
    manifest = Manifest(
        epoch=epoch.number,
        key=bytes.fromhex(epoch.key),
        count=epoch.count,
        size=epoch.size,
        sha256=bytes.fromhex(epoch.sha256),
        previous=previous,
        form=Form.BUCKETS if epoch.bits else Form.WHOLE,
        bits=epoch.bits,
        salt=bytes.fromhex(epoch.salt) if epoch.bits else b"",
        whole=epoch.whole,
    )
    return Document(
        purpose=Purpose.WATCH_LIST,
        sequence=sequence,
        not_before=whole_second(now) - CLOCK_SKEW,
        not_after=whole_second(now) + NOTE_LASTS,
        body=manifest.as_json(),
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


def retire_followed(*, now: datetime) -> list[int]:
    """Forget the keys of epochs whose grace is over; return their numbers."""
    over = WatchEpoch.objects.filter(state=EpochState.PUBLISHED, followed_at__lt=now - GRACE)
    numbers = list(over.values_list("number", flat=True))
    over.update(state=EpochState.RETIRED, secret="")
    return numbers


def newest_manifest(epoch: WatchEpoch | None = None) -> WatchManifest | None:
    """Return the manifest signed last, of one epoch or of all."""
    signed = WatchManifest.objects.order_by("-sequence")
    return (signed if epoch is None else signed.filter(epoch=epoch)).first()


def whole_second(moment: datetime) -> datetime:
    """Return the moment without its fraction, as notes spell it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _is_over(epoch: WatchEpoch, *, wanted: str, since: datetime, now: datetime) -> bool:
    published = epoch.published_at or epoch.drawn_at
    has_changed = epoch.contents != wanted and published <= since
    return has_changed or now - published >= EPOCH_LASTS
