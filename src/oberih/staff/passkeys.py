"""Passkeys, and all of allauth, behind one door: the rest of the staff app knows neither.

The keys are WebAuthn credentials that verify their user (a fingerprint, a PIN) and live in the
authenticator; the desk keeps public keys only.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm, SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils.translation import gettext as _

from oberih.core.errors import Refused
from oberih.staff.models import Member

LARGEST = 16 * 1024
BACKEND = "oberih.staff.passkeys.Passkeys"
ENOUGH = 2
"""Everybody has a second passkey, on another device, so that losing one locks nobody out."""


class PasskeyRefused(Refused):
    """This passkey was not accepted."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of a member's passkeys, as the list shows it."""

    id: int
    name: str
    made_at: object
    used_at: object


class Passkeys(BaseBackend):
    """Knows members by their session; accepts no name and no password."""

    def get_user(self, user_id: UUID) -> Member | None:
        """Return the member of a session while the member is active."""
        return Member.objects.filter(pk=user_id, is_active=True).first()


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """What an authenticator shows the member: the desk's name and theirs."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return who asks: fixed by the settings, never taken from a Host header."""
        return {"id": settings.DESK_HOST, "name": "Oberih"}

    def get_public_key_credential_user_entity(self, user: Member) -> dict[str, Any]:
        """Return for whom: the opaque id and the name."""
        return {"id": str(user.pk).encode(), "name": user.name, "display_name": user.name}

    def generate_authenticator_name(self, user: Member, _type: object) -> str:
        """Name a passkey by its number."""
        return _("Passkey %(number)s") % {"number": len(passkeys_of(user)) + 1}


def creation_options(member: Member) -> dict[str, Any]:
    """Begin to make a passkey: what the browser passes on to the authenticator."""
    return _plain(webauthn.begin_registration(member, passwordless=True))


def request_options() -> dict[str, Any]:
    """Begin a sign-in: what the browser passes on to the authenticator."""
    return _plain(webauthn.begin_authentication(None))


def add(member: Member, *, credential: str) -> None:
    """Keep a passkey that the browser has just made; raises PasskeyRefused."""
    form = SignupWebAuthnForm(user=member, data={"credential": _checked(credential)})
    if not form.is_valid():
        raise PasskeyRefused
    webauthn.WebAuthn.add(member, form.cleaned_data["name"], form.cleaned_data["credential"])


def member_of(credential: str) -> Member:
    """Return the active member who has just shown a passkey; raises PasskeyRefused."""
    form = LoginWebAuthnForm(data={"credential": _checked(credential)})
    if not form.is_valid():
        raise PasskeyRefused
    authenticator = form.cleaned_data["credential"]
    authenticator.record_usage()
    member = Member.objects.filter(pk=authenticator.user_id, is_active=True).first()
    if member is None:
        raise PasskeyRefused
    return member


def passkeys_of(member: Member) -> list[Passkey]:
    """Return the member's passkeys, oldest first."""
    rows = Authenticator.objects.filter(
        user_id=member.pk, type=Authenticator.Type.WEBAUTHN
    ).order_by("pk")
    return [Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at) for row in rows]


def remove(member: Member, *, passkey: int) -> None:
    """Remove a passkey beyond two; raises PasskeyRefused for one of the last two or another's.

    Who lost one adds the new one first.
    """
    owned = passkeys_of(member)
    if len(owned) <= ENOUGH or passkey not in {one.id for one in owned}:
        raise PasskeyRefused
    Authenticator.objects.filter(user_id=member.pk, pk=passkey).delete()


def forget_attempt(request: HttpRequest) -> None:
    """Drop the challenge of a sign-in that did not succeed."""
    request.session.pop(webauthn.STATE_SESSION_KEY, None)


def _checked(credential: str) -> str:
    """Return the browser's answer when it has the shape of one; raises PasskeyRefused.

    What comes in here was written by whoever stands outside the door.
    """
    if len(credential) > LARGEST:
        raise PasskeyRefused
    try:
        parsed = json.loads(credential)
    except (ValueError, RecursionError) as error:
        raise PasskeyRefused from error
    response = parsed.get("response") if isinstance(parsed, dict) else None
    if not isinstance(response, dict):
        raise PasskeyRefused
    strings = [parsed.get("id"), parsed.get("rawId"), response.get("clientDataJSON")]
    strings.append(response.get("userHandle") or response.get("attestationObject"))
    if not all(isinstance(string, str) for string in strings):
        raise PasskeyRefused
    return credential


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options as plain JSON values."""
    return json.loads(json.dumps(options, default=dict))  # type: ignore[no-any-return]
