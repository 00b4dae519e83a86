"""Who joins the desk, who leaves it, and whether a member may do what is asked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act, MemberId
from oberih.audit.services import record
from oberih.core.errors import BadInput, Refused
from oberih.staff import passkeys
from oberih.staff.models import DEFAULT_TEAM, INVITATION_LASTS, Invitation, Member, Team
from oberih.staff.roles import NotPermitted, Permission, Role

if TYPE_CHECKING:
    from oberih.core.canonical import Json

TOKEN_BYTES = 24
LONGEST_NAME = 80


class NameTaken(BadInput):
    """A member of this name is on the desk already."""


class NoName(BadInput):
    """A member needs a name of 1 to 80 characters."""


class InvitationRefused(Refused):
    """This link has been used, is too old, or was never made here. Ask for a new one."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation; its token is shown once and stored nowhere."""

    member: Member
    token: str

    def __repr__(self) -> str:
        """Show who, never the token."""
        return f"Invited({self.member.pk})"


def require(member: Member, permission: Permission) -> None:
    """Let the member through or raise NotPermitted."""
    if not member.may(permission):
        raise NotPermitted


@transaction.atomic
def invite(name: str, *, role: Role, by: MemberId | None, now: datetime) -> Invited:
    """Make a member who has yet to join, and the link's token; raises NameTaken, NoName.

    `by` is None only for the command on the desk's own machine, whose operator is no member yet.
    """
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        raise NoName
    member = _add(cleaned, role=role)
    token = _issue(member, now=now, is_demo_link=False)
    record(Act.MEMBER_INVITED, actor=by, subject=f"member {member.id}", detail={"role": role.value})
    return Invited(member, token)


@transaction.atomic
def invite_again(member: Member, *, by: MemberId | None, now: datetime) -> Invited:
    """End the member's open links and passkey-less sessions, and return a new link's token."""
    member.invitations.filter(used_at__isnull=True).delete()
    token = _issue(member, now=now, is_demo_link=False)
    detail: Json = {"role": member.role, "again": True}
    record(Act.MEMBER_INVITED, actor=by, subject=f"member {member.id}", detail=detail)
    return Invited(member, token)


@transaction.atomic
def make_demo_link(name: str, *, role: Role, now: datetime) -> Invited:
    """Return a link that signs in once without a passkey; the demo's settings alone honour it."""
    member = Member.objects.filter(name=name).first() or _add(name, role=role)
    token = _issue(member, now=now, is_demo_link=True)
    detail: Json = {"role": role.value, "demo": True}
    record(Act.MEMBER_INVITED, actor=None, subject=f"member {member.id}", detail=detail)
    return Invited(member, token)


def find_invitation(token: str, *, now: datetime) -> Invitation:
    """Return the open invitation of a link without using it up; raises InvitationRefused."""
    found = (
        Invitation.objects.select_related("member")
        .filter(
            token_hash=_hash(token),
            used_at__isnull=True,
            made_at__gt=now - INVITATION_LASTS,
            member__is_active=True,
        )
        .first()
    )
    if found is None:
        raise InvitationRefused
    return found


@transaction.atomic
def use_invitation(token: str, *, now: datetime, act: Act) -> Member:
    """Use the link up, once and for all, and return who joins; raises InvitationRefused."""
    invitation = find_invitation(token, now=now)
    taken = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=now)
    if not taken:
        raise InvitationRefused
    member = invitation.member
    Member.objects.filter(pk=member.pk, joined_at__isnull=True).update(joined_at=now)
    record(act, actor=member.member_id, subject=f"member {member.id}", detail={})
    return member


@transaction.atomic
def deactivate(member: Member, *, by: Member) -> None:
    """Let nobody in as this member any more; every session of theirs ends at once."""
    require(by, Permission.STAFF_CHANGE)
    if member.pk == by.pk:
        raise NotPermitted
    member.is_active = False
    member.generation += 1
    member.save(update_fields=["is_active", "generation"])
    member.invitations.filter(used_at__isnull=True).delete()
    record(Act.MEMBER_DEACTIVATED, actor=by.member_id, subject=f"member {member.id}", detail={})


def note(act: Act, *, member: Member) -> None:
    """Record what a member did at the door."""
    with transaction.atomic():
        record(act, actor=member.member_id, subject=f"member {member.id}", detail={})


def note_sign_in(member: Member, *, now: datetime) -> None:
    """Record that the member came in by passkey."""
    with transaction.atomic():
        Member.objects.filter(pk=member.pk).update(last_login=now)
        record(
            Act.MEMBER_SIGNED_IN,
            actor=member.member_id,
            subject=f"member {member.id}",
            detail={"by": "passkey"},
        )


def note_sign_out(member: Member) -> None:
    """Record that the member left."""
    with transaction.atomic():
        record(
            Act.MEMBER_SIGNED_OUT,
            actor=member.member_id,
            subject=f"member {member.id}",
            detail={},
        )


@transaction.atomic
def add_passkey(member: Member, *, credential: str) -> None:
    """Keep another passkey of the member; raises PasskeyRefused."""
    passkeys.add(member, credential=credential)
    record(Act.PASSKEY_ADDED, actor=member.member_id, subject=f"member {member.id}", detail={})


@transaction.atomic
def remove_passkey(member: Member, *, passkey: int) -> None:
    """Remove one of several passkeys; raises PasskeyRefused."""
    passkeys.remove(member, passkey=passkey)
    record(Act.PASSKEY_REMOVED, actor=member.member_id, subject=f"member {member.id}", detail={})


def _add(name: str, *, role: Role) -> Member:
    try:
        with transaction.atomic():
            member = Member.objects.create(name=name, role=role.value)
    except IntegrityError as error:
        raise NameTaken from error
    default, _is_new = Team.objects.get_or_create(pk=DEFAULT_TEAM, defaults={"name": DEFAULT_TEAM})
    member.teams.add(default)
    return member


def _issue(member: Member, *, now: datetime, is_demo_link: bool) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Invitation.objects.create(
        token_hash=_hash(token), member=member, made_at=now, is_demo_link=is_demo_link
    )
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(b"oberih/1/invitation\0" + token.encode()).hexdigest()
