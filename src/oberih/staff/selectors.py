"""Reads of the staff."""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oberih.staff.models import ROLE_NAMES, Member

NAME_TAKEN = _("A member of this name is on the desk already.")


def members() -> list[Member]:
    """Return everybody who ever joined or was invited, by name."""
    return list(Member.objects.order_by("-is_active", "name"))


def member(member_id: UUID) -> Member | None:
    """Return one member, None when there is no such one."""
    return Member.objects.filter(pk=member_id).first()


def role_choices() -> list[tuple[str, str | Promise]]:
    """Return the roles with their names in the reader's language."""
    return [(role.value, name) for role, name in ROLE_NAMES.items()]
