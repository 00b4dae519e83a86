"""What one person alone never does to another: a role is proposed by one and agreed to by two."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import Refused
from oberih.staff.models import Member, RoleChange
from oberih.staff.roles import NotPermitted, Permission, Role
from oberih.staff.services import require


class AlreadyProposed(Refused):
    """A change of this member's role waits for a second person already."""


class NothingProposed(Refused):
    """This change of a role waits no longer."""


def propose_role(member: Member, *, to: Role, by: Member, now: datetime) -> RoleChange:
    """Propose another role; it holds only when a second person agrees. Nobody changes their own."""
    require(by, Permission.STAFF_CHANGE)
    if member.pk == by.pk:
        raise NotPermitted
    try:
        with transaction.atomic():
            row = RoleChange.objects.create(
                member=member, to=to.value, asked_by=str(by.pk), asked_at=now
            )
            _record(Act.ROLE_ASKED, row=row, by=by)
    except IntegrityError as error:
        raise AlreadyProposed from error
    return row


def agree_to_role(change: int, *, by: Member, now: datetime) -> Member:
    """Agree as the second person; every session of the member ends, so that the new role holds.

    Raises NotPermitted for the one who proposed and for the member, NothingProposed.
    """
    require(by, Permission.STAFF_AGREE)
    with transaction.atomic():
        row = _waiting(change)
        if str(by.pk) in {row.asked_by, str(row.member_id)}:
            raise NotPermitted
        row.agreed_by, row.agreed_at = str(by.pk), now
        row.save(update_fields=["agreed_by", "agreed_at"])
        member = row.member
        was, member.role = member.role, row.to
        member.generation += 1
        member.save(update_fields=["role", "generation"])
        _record(Act.MEMBER_ROLE_CHANGED, row=row, by=by, was=was)
    return member


def drop_role(change: int, *, by: Member) -> None:
    """Take a proposal off; raises NothingProposed."""
    require(by, Permission.STAFF_AGREE)
    with transaction.atomic():
        _waiting(change).delete()


def proposed_roles() -> Sequence[RoleChange]:
    """Return the changes that wait for a second person."""
    rows = RoleChange.objects.select_related("member").filter(agreed_at__isnull=True)
    return list(rows.order_by("asked_at"))


def _waiting(change: int) -> RoleChange:
    rows = RoleChange.objects.select_for_update().filter(agreed_at__isnull=True)
    row = rows.filter(pk=change).first()
    if row is None:
        raise NothingProposed
    return row


def _record(act: Act, *, row: RoleChange, by: Member, was: str = "") -> None:
    detail = {"to": row.to, **({"from": was} if was else {})}
    record(act, actor=by.member_id, subject=f"member {row.member_id}", detail=detail)
