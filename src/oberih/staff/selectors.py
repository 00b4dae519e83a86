"""Reads of the staff."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oberih.staff.models import ROLE_NAMES, Member, RoleChange
from oberih.staff.roles import Role
from oberih.staff.two_people import proposed_roles

NAME_TAKEN = _("A member of this name is on the desk already.")


def members() -> list[Member]:
    """Return everybody who ever joined or was invited, by name."""
    return list(Member.objects.prefetch_related("teams").order_by("-is_active", "name"))


@dataclass(frozen=True, slots=True)
class ProposedRole:
    """A change of a role that waits for a second person."""

    row: RoleChange
    role: str
    asked_by: str


def role_changes() -> list[ProposedRole]:
    """Return the changes of roles that wait, with the names of those who proposed them."""
    names = {str(key): name for key, name in Member.objects.values_list("pk", "name")}
    return [
        ProposedRole(row, str(ROLE_NAMES[Role(row.to)]), names.get(row.asked_by, ""))
        for row in proposed_roles()
    ]


def member(member_id: UUID) -> Member | None:
    """Return one member, None when there is no such one."""
    return Member.objects.filter(pk=member_id).first()


def role_choices() -> list[tuple[str, str | Promise]]:
    """Return the roles with their names in the reader's language."""
    return [(role.value, name) for role, name in ROLE_NAMES.items()]
