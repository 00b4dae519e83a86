"""Proof-of-life questions: sealed by the family to a specialist's key, opened once, then gone.

The desk keeps a question that it cannot read. Nothing in Oberih depends on one: an answer can
cost him a beating, and a right answer can mean that he was forced.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.crypto import age
from oberih.crypto.age import Identity, NotAnIdentity, NotSealedToThisIdentity
from oberih.register.models import ProofQuestion, Relation
from oberih.register.refusals import NoSuchQuestion, NoSuchRequester, NotTheSpecialistsKey
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Posed:
    """A question with its answer, and the key to which it is sealed; neither is kept readable."""

    text: str = field(repr=False)
    identity: Identity


def seal_question(requester: str, *, posed: Posed, by: Member, now: datetime) -> ProofQuestion:
    """Seal a question with its answer to a key that the specialist alone keeps."""
    require(by, Permission.REGISTER_KIN)
    relation = Relation.objects.filter(requester=requester).first()
    if relation is None or not posed.text.strip():
        raise NoSuchRequester
    sealed = age.seal(posed.text.strip()[:LONGEST].encode(), to=posed.identity.recipient)
    with transaction.atomic():
        row = ProofQuestion.objects.create(
            relation=relation, sealed=sealed, made_by=str(by.pk), made_at=now
        )
        _note(Act.QUESTION_SEALED, row=row, by=by)
    return row


def use_question(question: int, *, key: str, by: Member, now: datetime) -> str:
    """Open a question once with the specialist's key; it is erased as it is read.

    Raises NoSuchQuestion, NotTheSpecialistsKey.
    """
    require(by, Permission.REGISTER_KIN)
    with transaction.atomic():
        rows = ProofQuestion.objects.select_for_update().filter(pk=question, used_at__isnull=True)
        row = rows.first()
        if row is None:
            raise NoSuchQuestion
        text = _opened(bytes(row.sealed), key=key)
        row.sealed, row.used_by, row.used_at = b"", str(by.pk), now
        row.save(update_fields=["sealed", "used_by", "used_at"])
        _note(Act.QUESTION_USED, row=row, by=by)
    return text


def _opened(sealed: bytes, *, key: str) -> str:
    try:
        return age.open_sealed(sealed, identity=Identity.parse(key.strip())).decode()
    except (NotAnIdentity, NotSealedToThisIdentity) as error:
        raise NotTheSpecialistsKey from error


def _note(act: Act, *, row: ProofQuestion, by: Member) -> None:
    subject = f"requester {row.relation.requester_id}"
    record(act, actor=by.member_id, subject=subject, detail={"question": row.pk})
