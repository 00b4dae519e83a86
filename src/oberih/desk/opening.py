"""From envelopes to opened, verified reports; what cannot be is named without its content.

The ring works on several envelopes at once; only it is asked from other threads, never the
database.
"""

from collections.abc import Sequence
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


def open_reports(envelopes: Sequence[Sealed], *, ring: KeyRing) -> list[Found]:
    """Return what is in each envelope, in their order; raises CouldNot when the ring is away."""
    mailboxes = [mailbox_of(sealed) for _name, sealed in envelopes]
    keys = _known_keys(mailboxes)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        inners = pool.map(lambda one: _inner(one[1], ring=ring), envelopes)
        known = (keys.get(mailbox) for mailbox in mailboxes)
        parsed = [_parsed(inner, verify=key) for inner, key in zip(inners, known, strict=True)]
        wrapped = pool.map(lambda one: _wrapped(one, keys=keys, ring=ring), parsed)
        return [
            _found(envelope, message=message, wrapped=mac)
            for envelope, message, mac in zip(envelopes, parsed, wrapped, strict=True)
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
