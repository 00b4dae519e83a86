"""A family's complaint about the desk: sealed to the auditor before it is sealed to the desk.

The auditor's key is not on the desk, so whoever opens the envelope finds a sealed text in it. What
this does not protect against: a desk that names a key of its own as the auditor's, in the signed
recipients that everybody can read; and the text is signed by nobody, so that a desk could invent
one.
"""

import base64
import binascii

from oberih.core.errors import BadInput
from oberih.crypto.age import Recipient, seal
from oberih.crypto.bodies import MalformedMessage, ReportBody, ReportKind, Tongue
from oberih.crypto.envelope import MailboxId

VERSION = "oberih/1/complaint"
PADDED = 6_144
SEALED = PADDED + 1_659
AGE = b"age-encryption.org/v1\n"


class ComplaintTooLong(BadInput):
    """A complaint has at most about 6,000 bytes of words."""


def complaint_body(
    text: str, *, mailbox: MailboxId, to: Recipient, language: Tongue = Tongue.UK
) -> ReportBody:
    """Return the words sealed to the auditor, always of one length; raises ComplaintTooLong.

    Inside stands the conversation's mailbox, so that the auditor can find who answered.
    """
    plain = f"{VERSION}\n{mailbox}\n\n{text.strip()}\n".encode()
    if len(plain) > PADDED:
        raise ComplaintTooLong
    sealed = seal(plain.ljust(PADDED, b"\n"), to=to)
    coded = base64.b64encode(sealed).decode()
    return ReportBody(kind=ReportKind.COMPLAINT, text=coded, language=language)


def sealed_words(body: ReportBody) -> bytes:
    """Return what only the auditor opens, as it came; raises MalformedMessage for anything else."""
    try:
        sealed = base64.b64decode(body.text, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedMessage from None
    if len(sealed) != SEALED or not sealed.startswith(AGE):
        raise MalformedMessage
    return sealed
