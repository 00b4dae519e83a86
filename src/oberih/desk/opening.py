"""From an envelope to an opened, verified report; what cannot be is named without its content."""

from oberih.core.errors import Refused
from oberih.crypto.age_header import CannotOpen
from oberih.crypto.envelope import EnvelopeId, read_header
from oberih.crypto.message import NotAuthentic, parse_report
from oberih.desk.filing import OpenedReport
from oberih.desk.key_ring import KeyRing
from oberih.desk.models import Conversation
from oberih.desk.states import Outcome


def open_report(envelope: EnvelopeId, *, sealed: bytes, ring: KeyRing) -> OpenedReport:
    """Return the report inside; raises FirstIsMissing, NoSuchEpoch, or another leaf of Refused."""
    header = read_header(sealed)
    inner = ring.open_envelope(sealed)
    known = (
        Conversation.objects.filter(mailbox=header.mailbox)
        .values_list("verify_key", flat=True)
        .first()
    )
    message = parse_report(inner, verify=bytes.fromhex(known) if known else None)
    wrapped = b""
    if message.first is not None and known is None:
        wrapped = ring.wrap(message.first.mac, mailbox=message.place.mailbox)
    return OpenedReport(envelope, message, wrapped)


def outcome_of(error: Refused) -> Outcome:
    """Return the word that is kept for why an envelope was refused."""
    if isinstance(error, NotAuthentic):
        return Outcome.BAD_SIGNATURE
    if isinstance(error, CannotOpen):
        return Outcome.CANNOT_OPEN
    return Outcome.MALFORMED
