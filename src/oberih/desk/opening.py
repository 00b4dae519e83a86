"""From envelopes to opened, verified reports; what cannot be is named without its content.

The ring works on several envelopes at once; only it is asked from other threads, never the
database.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from oberih.core.errors import Refused
from oberih.crypto.age_header import CannotOpen
from oberih.crypto.envelope import EnvelopeId, MailboxId, read_header
from oberih.crypto.message import NotAuthentic, ReportMessage, parse_report
from oberih.desk.filing import OpenedReport
from oberih.desk.key_ring import KeyRing
from oberih.desk.models import Conversation
from oberih.desk.states import Outcome

AT_ONCE = 4
Sealed = tuple[EnvelopeId, bytes]


@dataclass(frozen=True, slots=True)
class Unopened:
    """An envelope that could not be opened, and why."""

    envelope: Sealed
    error: Refused


Inner = bytes | Refused
Found = OpenedReport | Unopened


def open_in_batches(
    envelopes: Sequence[Sealed], *, size: int, ring: KeyRing
) -> Iterator[tuple[Sequence[Sealed], list[Found]]]:
    """Yield batches of envelopes with what is in each, in their order.

    While the caller files one batch the ring opens the next. Raises CouldNot when it is away.
    """
    batches = [envelopes[start : start + size] for start in range(0, len(envelopes), size)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ahead = _begun(batches[:1], pool=pool, ring=ring)
        for place, batch in enumerate(batches, start=1):
            inners, ahead = ahead, _begun(batches[place : place + 1], pool=pool, ring=ring)
            yield batch, _opened(batch, inners=inners, pool=pool, ring=ring)


def _begun(
    batches: Sequence[Sequence[Sealed]], *, pool: ThreadPoolExecutor, ring: KeyRing
) -> Iterator[Inner]:
    """Let the ring begin with all envelopes of the batches."""
    sealed = [envelope for batch in batches for _name, envelope in batch]
    return pool.map(lambda one: _inner(one, ring=ring), sealed)


def _opened(
    batch: Sequence[Sealed],
    *,
    inners: Iterator[Inner],
    pool: ThreadPoolExecutor,
    ring: KeyRing,
) -> list[Found]:
    mailboxes = [mailbox_of(sealed) for _name, sealed in batch]
    keys = _known_keys(mailboxes)
    known = (keys.get(mailbox) for mailbox in mailboxes)
    parsed = [_parsed(inner, verify=key) for inner, key in zip(inners, known, strict=True)]
    wrapped = pool.map(lambda one: _wrapped(one, keys=keys, ring=ring), parsed)
    return [
        _found(envelope, message=message, wrapped=mac)
        for envelope, message, mac in zip(batch, parsed, wrapped, strict=True)
    ]


def outcome_of(error: Refused) -> Outcome:
    """Return the word that is kept for why an envelope was refused."""
    if isinstance(error, NotAuthentic):
        return Outcome.BAD_SIGNATURE
    if isinstance(error, CannotOpen):
        return Outcome.CANNOT_OPEN
    return Outcome.MALFORMED


def mailbox_of(sealed: bytes) -> MailboxId:
    """Return the mailbox that the envelope's head names, or nothing when it has no head."""
    try:
        return read_header(sealed).mailbox
    except Refused:
        return MailboxId("")


def _inner(sealed: bytes, *, ring: KeyRing) -> Inner:
    try:
        return ring.open_envelope(sealed)
    except Refused as error:
        return error


def _known_keys(mailboxes: Sequence[MailboxId]) -> dict[str, bytes]:
    rows = Conversation.objects.filter(mailbox__in=set(mailboxes))
    return {
        mailbox: bytes.fromhex(key) for mailbox, key in rows.values_list("mailbox", "verify_key")
    }


def _parsed(inner: Inner, *, verify: bytes | None) -> ReportMessage | Refused:
    if isinstance(inner, Refused):
        return inner
    try:
        return parse_report(inner, verify=verify)
    except Refused as error:
        return error


def _wrapped(message: ReportMessage | Refused, *, keys: dict[str, bytes], ring: KeyRing) -> bytes:
    if isinstance(message, Refused) or message.first is None or message.place.mailbox in keys:
        return b""
    return ring.wrap(message.first.mac, mailbox=message.place.mailbox)


def _found(envelope: Sealed, *, message: ReportMessage | Refused, wrapped: bytes) -> Found:
    if isinstance(message, Refused):
        return Unopened(envelope, message)
    return OpenedReport(envelope[0], message, wrapped)
