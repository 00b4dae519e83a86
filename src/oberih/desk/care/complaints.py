"""Complaints: sealed on arrival to a key that is not on the desk, so that nobody here reads them.

What this does not protect against: whoever may change the running desk can read what is typed
from then on; and the desk's machine knows who was signed in at that minute.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.crypto.age import Recipient, seal
from oberih.desk.care.models import Complaint
from oberih.desk.care.refusals import ComplaintEmpty, NoComplaintKey, NoSuchComplaint
from oberih.desk.filing import new_case_id
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST = 20_000
PADDED_TO = 4_096
"""A complaint's length tells nothing finer than this many bytes."""


def can_complain() -> bool:
    """Tell whether there is a key to seal complaints to."""
    return bool(settings.COMPLAINT_KEY)


def complain(text: str, *, by: Member, now: datetime, entropy: Callable[[int], bytes]) -> None:
    """Seal a complaint away; the audit keeps that there is one, not whose.

    Raises NoComplaintKey, ComplaintEmpty.
    """
    require(by, Permission.COMPLAINT_MAKE)
    if not can_complain():
        raise NoComplaintKey
    if not 0 < len(text.strip()) <= LONGEST:
        raise ComplaintEmpty
    sealed = seal(_padded(text.strip().encode()), to=Recipient.parse(settings.COMPLAINT_KEY))
    with transaction.atomic():
        row = Complaint.objects.create(id=new_case_id(entropy), sealed=sealed, made_on=now.date())
        record(Act.COMPLAINT_MADE, actor=None, subject=f"complaint {row.pk}", detail={})


def complaints(*, by: Member) -> list[Complaint]:
    """Return the complaints, still sealed; for the auditor."""
    require(by, Permission.COMPLAINT_READ)
    return list(Complaint.objects.defer("sealed"))


def sealed_complaint(complaint: str, *, by: Member) -> bytes:
    """Return a sealed complaint to take away and open with the key; raises NoSuchComplaint."""
    require(by, Permission.COMPLAINT_READ)
    with transaction.atomic():
        row = Complaint.objects.filter(pk=complaint).first()
        if row is None:
            raise NoSuchComplaint
        record(Act.COMPLAINT_TAKEN, actor=by.member_id, subject=f"complaint {row.pk}", detail={})
    return bytes(row.sealed)


def _padded(text: bytes) -> bytes:
    """Return the text with line ends up to the next step, so that its length stays untold."""
    return text + b"\n" * (-len(text) % PADDED_TO)
