"""Attachments on the desk: fetched chunk by chunk, re-sealed by the ring, shown only as renders."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import Refused
from oberih.core.time import Epoch
from oberih.crypto.age_header import CannotOpen
from oberih.desk import bookkeeping
from oberih.desk.courier_models import Taken
from oberih.desk.filing import Clock
from oberih.desk.front_calls import CollectedAttachment, Front
from oberih.desk.key_ring import KeyRing
from oberih.desk.models import Attachment
from oberih.desk.states import AttachmentState, Outcome
from oberih.keys.epochs import NoSuchEpoch
from oberih.keys.items import ItemKey, Resealed, read_item

CHUNK = 262_144
PATIENCE = timedelta(days=2)
"""How long an attachment that no message announces is left at the front."""


class NotTheAnnounced(Refused):
    """The attachment is not what its message announced."""


@dataclass(frozen=True, slots=True)
class AttachmentStore:
    """The folder of re-sealed attachments and the way they come into it."""

    folder: Path
    ring: KeyRing
    front: Front

    def take(self, collected: CollectedAttachment, *, clock: Clock) -> int:
        """Store one attachment; return 1 when something became of it, 0 when it must wait."""
        row = (
            Attachment.objects.select_related("message__conversation")
            .filter(pk=collected.id, message__conversation__mailbox=collected.mailbox)
            .first()
        )
        if row is None:
            return self._wait(collected, clock=clock)
        if row.state != AttachmentState.ANNOUNCED:
            Taken.objects.filter(pk=collected.id).update(is_acknowledged=False)
            return 0
        self._store(row, clock=clock)
        return 1

    def _wait(self, collected: CollectedAttachment, *, clock: Clock) -> int:
        today = clock.now.date()
        since = bookkeeping.waiting_since(collected.id, mailbox=collected.mailbox, on=today)
        if today - since <= PATIENCE:
            return 0
        Taken.objects.filter(pk=collected.id).update(outcome=Outcome.MALFORMED)
        return 1

    def _store(self, row: Attachment, *, clock: Clock) -> None:
        incoming = self.folder / "incoming" / row.pk
        incoming.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._fetch(row, to=incoming)
            item = self._reseal(row, sealed=incoming)
        except NoSuchEpoch:
            return
        except Refused:
            _finish(row, state=AttachmentState.REFUSED, key=b"", clock=clock)
        else:
            _finish(row, state=AttachmentState.STORED, key=bytes(item.key), clock=clock)
        incoming.unlink(missing_ok=True)

    def _fetch(self, row: Attachment, *, to: Path) -> None:
        """Fetch what is missing; a fetch that was cut off goes on at its last whole chunk."""
        have = to.stat().st_size // CHUNK if to.exists() else 0
        with to.open("r+b" if have else "wb") as file:
            file.truncate(have * CHUNK)
            file.seek(have * CHUNK)
            for index in range(have, row.chunks):
                file.write(self.front.chunk(row.pk, index=index))
        if _digest(to) != row.pk:
            to.unlink()
            raise NotTheAnnounced

    def _reseal(self, row: Attachment, *, sealed: Path) -> Resealed:
        target = self.folder / row.pk
        item = self._opened(sealed, to=target, epoch=Epoch(row.message.epoch))
        if (item.size, item.sha256) != (row.size, row.sha256):
            target.unlink()
            raise NotTheAnnounced
        return item

    def _opened(self, sealed: Path, *, to: Path, epoch: Epoch) -> Resealed:
        """Open it with its message's week, else with the one before: a week may turn in between."""
        try:
            return self.ring.open_attachment(sealed, to=to, epoch=epoch)
        except CannotOpen as error:
            with suppress(NoSuchEpoch):
                return self.ring.open_attachment(sealed, to=to, epoch=Epoch(epoch - 1))
            raise error from None


def content_of(row: Attachment, *, folder: Path) -> bytes:
    """Return what was attached, for the sandbox alone; raises ItemBroken."""
    content = io.BytesIO()
    with (folder / row.pk).open("rb") as file:
        read_item(file, content, key=ItemKey(bytes(row.item_key)))
    return content.getvalue()


def _finish(row: Attachment, *, state: AttachmentState, key: bytes, clock: Clock) -> None:
    with transaction.atomic():
        row.state, row.item_key = state, key
        row.save(update_fields=["state", "item_key"])
        conversation = row.message.conversation
        Taken.objects.update_or_create(
            id=row.pk,
            defaults={
                "mailbox": conversation.mailbox,
                "outcome": Outcome.ATTACHMENT,
                "day": clock.now.date(),
            },
        )
        record(
            Act.ATTACHMENT_FILED,
            actor=None,
            subject=f"case {conversation.case_id}",
            detail={"attachment": row.pk, "state": state.value},
        )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
