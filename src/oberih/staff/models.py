"""Members and the invitations by which they join."""

import hashlib
import hmac
import uuid
from datetime import timedelta
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from oberih.audit.acts import MemberId
from oberih.staff.roles import Permission, Role, may

INVITATION_LASTS = timedelta(hours=72)
ROLE_NAMES = {
    Role.OFFICER: _("duty officer"),
    Role.LEAD: _("lead"),
    Role.ANALYST: _("analyst"),
    Role.TRACING: _("tracing officer"),
    Role.ADMIN: _("administrator"),
    Role.AUDITOR: _("auditor"),
}


DEFAULT_TEAM = "desk"
"""The team that everybody joins and every case comes to until the desk is divided."""


class Team(models.Model):
    """Members who work on the same cases; a desk has one until it is divided."""

    id = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Members(BaseUserManager["Member"]):
    """Finds members by name; there is no way to make one but an invitation."""


class Member(AbstractBaseUser):
    """A person of the desk: joins by invitation, signs in by passkey, has no password."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80, unique=True)
    role = models.CharField(max_length=10, choices=[(role.value, role.value) for role in Role])
    language = models.CharField(max_length=2, default="uk")
    is_active = models.BooleanField(default=True)
    generation = models.PositiveIntegerField(default=1)
    joined_at = models.DateTimeField(null=True)
    last_login = models.DateTimeField(null=True)
    teams = models.ManyToManyField(Team, related_name="members")

    password = None  # type: ignore[assignment]  # Django's base class would store one

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    objects: ClassVar[Members] = Members()

    class Meta:
        """Roles are a closed list."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                name="staff_member_role",
                condition=models.Q(role__in=[role.value for role in Role]),
            ),
        ]

    def __str__(self) -> str:
        """Return the name, as colleagues see it."""
        return self.name

    @property
    def member_id(self) -> MemberId:
        """Return the id that the audit and other apps keep."""
        return MemberId(self.id)

    @property
    def role_name(self) -> str:
        """Return the role in the reader's language."""
        return str(ROLE_NAMES[Role(self.role)])

    @cached_property
    def team_ids(self) -> tuple[str, ...]:
        """Return the teams that the member belongs to, read once a request."""
        return tuple(sorted(self.teams.values_list("pk", flat=True)))

    def may(self, permission: Permission) -> bool:
        """Tell whether the member may do this now."""
        return self.is_active and may(Role(self.role), permission)

    def check_password(self, raw_password: str | None) -> bool:
        """Refuse every password: there is none."""
        del raw_password
        return False

    def has_usable_password(self) -> bool:
        """Say that there is no password."""
        return False

    def get_session_auth_hash(self) -> str:
        """Return what a session must show; raising `generation` ends every session at once."""
        text = f"oberih/1/session/{self.id}/{self.generation}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()

    def get_session_auth_fallback_hash(self) -> list[str]:
        """Accept no older secret."""
        return []


class Invitation(models.Model):
    """A link that works once: only the hash of its token is kept."""

    token_hash = models.CharField(primary_key=True, max_length=64)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    is_demo_link = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return nothing that opens a door."""
        return f"invitation of {self.made_at:%Y-%m-%d}"


class Device(models.Model):
    """A browser that a member signs in from: known by a cookie of which the hash is kept."""

    token_hash = models.CharField(primary_key=True, max_length=64)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="devices")
    number = models.CharField(max_length=6)
    seen_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=40, default="", blank=True)

    def __str__(self) -> str:
        """Return nothing that opens a door."""
        return f"device of {self.seen_at:%Y-%m-%d}"


class RoleChange(models.Model):
    """A role that one person proposed for a member, and the second person who agreed."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="role_changes")
    to = models.CharField(max_length=10)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=40, default="", blank=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        """One waits for a member at a time; nobody agrees to what they asked for."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(agreed_at__isnull=True),
                name="staff_one_role_change_waits",
            ),
            models.CheckConstraint(
                name="staff_role_change_by_two",
                condition=~models.Q(agreed_by=models.F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        """Return what is asked for."""
        return f"to {self.to}"
