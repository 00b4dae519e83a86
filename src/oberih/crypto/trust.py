"""What a page trusts: the offline root names a key a purpose, these sign everything else.

The root's theft or a page that carries another root is not something these documents can show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from oberih.core.time import Epoch, epoch_of, first_day
from oberih.crypto.age import NotARecipient, Recipient
from oberih.crypto.fields import Fields
from oberih.crypto.notes import Document, Malformed, NoteRefused, Purpose, verify

if TYPE_CHECKING:
    from oberih.core.canonical import Json

LONGEST_DELEGATION = timedelta(days=366)
CLOCK_SKEW = timedelta(days=1)
WEEK = timedelta(weeks=1)


class NotDelegated(NoteRefused):
    """The operator's root has named no key for this purpose."""


@dataclass(frozen=True, slots=True)
class Delegations:
    """The root's word: which key signs for which purpose, until when."""

    sequence: int
    not_after: datetime
    keys: Mapping[Purpose, bytes]

    def key(self, purpose: Purpose) -> bytes:
        """Return the Ed25519 key of a purpose; raises NotDelegated."""
        if purpose not in self.keys:
            raise NotDelegated
        return self.keys[purpose]


def delegations_document(delegations: Delegations, *, not_before: datetime) -> Document:
    """Return the document that the root signs; raises Malformed above 366 days."""
    if delegations.not_after - not_before > LONGEST_DELEGATION:
        raise Malformed
    keys = {purpose.value: key.hex() for purpose, key in delegations.keys.items()}
    return Document(
        purpose=Purpose.DELEGATIONS,
        sequence=delegations.sequence,
        not_before=not_before,
        not_after=delegations.not_after,
        body={"keys": keys},
    )


def verify_delegations(note: bytes, *, root: bytes, now: datetime) -> Delegations:
    """Return what the root delegated; raises a leaf of NoteRefused."""
    document = verify(note, key=root, purpose=Purpose.DELEGATIONS, now=now)
    if document.not_after - document.not_before > LONGEST_DELEGATION:
        raise Malformed
    body = Fields(document.body, error=Malformed)
    fields = body.object("keys")
    body.close()
    keys = {
        purpose: fields.hexadecimal(purpose.value, length=32)
        for purpose in Purpose
        if fields.has(purpose.value)
    }
    fields.close()
    fields.require(Purpose.DELEGATIONS not in keys)
    return Delegations(document.sequence, document.not_after, keys)


def recipients_document(
    epoch: Epoch, *, recipient: Recipient, complaints: Recipient | None = None
) -> Document:
    """Return the document of one week's recipient, valid for the week and a day around it.

    `complaints` is whom families seal complaints about the desk to; it stands in the same note, so
    that nobody sees from what is fetched who complains.
    """
    body: dict[str, Json] = {"epoch": epoch, "recipient": str(recipient)}
    if complaints is not None:
        body["complaints"] = str(complaints)
    monday = datetime.combine(first_day(epoch), time(), tzinfo=UTC)
    return Document(
        purpose=Purpose.RECIPIENTS,
        sequence=epoch,
        not_before=monday - CLOCK_SKEW,
        not_after=monday + WEEK + CLOCK_SKEW,
        body=body,
    )


@dataclass(frozen=True, slots=True)
class WeeklyRecipient:
    """Whom to seal to, and the week that the envelope names; whom to seal complaints to."""

    epoch: Epoch
    recipient: Recipient
    complaints: Recipient | None = None


def verify_recipients(note: bytes, *, key: bytes, now: datetime) -> WeeklyRecipient:
    """Return the recipient that is valid now; raises a leaf of NoteRefused."""
    document = verify(note, key=key, purpose=Purpose.RECIPIENTS, now=now)
    fields = Fields(document.body, error=Malformed)
    epoch = Epoch(fields.number("epoch", most=2**32 - 1))
    recipient = _recipient(fields, name="recipient")
    complaints = _recipient(fields, name="complaints") if fields.has("complaints") else None
    fields.close()
    fields.require(document.sequence == epoch)
    fields.require(abs(epoch - epoch_of(now.astimezone(UTC).date())) <= 1)
    return WeeklyRecipient(epoch, recipient, complaints)


def _recipient(fields: Fields, *, name: str) -> Recipient:
    try:
        return Recipient.parse(fields.text(name, longest=1959))
    except NotARecipient:
        raise Malformed from None
