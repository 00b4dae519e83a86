"""Devices: a browser from which a member signs in for the first time waits for a lead.

The browser keeps a random cookie, the desk its hash. The device on which an invitation was used
is let in by that: the link was handed over by a person.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import Refused
from oberih.staff.models import Device, Member
from oberih.staff.roles import NotPermitted, Permission
from oberih.staff.services import require

COOKIE = "desk_device"
LASTS = timedelta(days=180)
WAITS = timedelta(hours=12)
TOKEN_BYTES = 32


class DeviceWaits(Refused):
    """This device is new: a lead lets it in. Read the number out to them."""

    def __init__(self, number: str) -> None:
        """Name the number that the lead sees too."""
        super().__init__()
        self.number = number


class NoSuchDevice(Refused):
    """This device waits no longer."""


def token_of(request: HttpRequest) -> str:
    """Return the browser's token, or a new one."""
    given = request.COOKIES.get(COOKIE, "")
    return given if given.isascii() and len(given) > TOKEN_BYTES else new_token()


def new_token() -> str:
    """Return a token that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def remember(response: HttpResponse, *, token: str) -> HttpResponse:
    """Let the browser keep its token: it opens nothing without a passkey."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        secure=not settings.DEMO,
        httponly=True,
        samesite="Strict",
    )
    return response


def let_in(member: Member, *, token: str, now: datetime) -> None:
    """Pass a known device; a new one is kept and waits for a lead: raises DeviceWaits."""
    row = _seen(member, token=token, now=now)
    if row.approved_at is None:
        raise DeviceWaits(row.number)


@transaction.atomic
def trust(member: Member, *, token: str, now: datetime) -> None:
    """Let in the device on which an invitation is used."""
    Device.objects.update_or_create(
        token_hash=_hash(token, member=member),
        defaults={
            "member": member,
            "number": _number(token),
            "seen_at": now,
            "approved_at": now,
            "approved_by": "invitation",
        },
    )


def waiting(by: Member, *, now: datetime) -> Sequence[Device]:
    """Return the devices that wait and that this member may let in: never their own."""
    if not by.may(Permission.DEVICE_APPROVE):
        return []
    rows = Device.objects.select_related("member").filter(approved_at__isnull=True)
    rows = rows.filter(seen_at__gt=now - WAITS, member__is_active=True)
    return list(rows.exclude(member=by).order_by("seen_at"))


def approve(device: str, *, by: Member, now: datetime) -> None:
    """Let a device in; raises NoSuchDevice, NotPermitted for one's own."""
    with transaction.atomic():
        row = _waiting(device, by=by)
        row.approved_at, row.approved_by = now, str(by.pk)
        row.save(update_fields=["approved_at", "approved_by"])
        _record(Act.DEVICE_APPROVED, device=row, by=by)


def refuse(device: str, *, by: Member) -> None:
    """Let a device not in; raises NoSuchDevice, NotPermitted for one's own."""
    with transaction.atomic():
        row = _waiting(device, by=by)
        row.delete()
        _record(Act.DEVICE_REFUSED, device=row, by=by)


@transaction.atomic
def _seen(member: Member, *, token: str, now: datetime) -> Device:
    row, is_new = Device.objects.get_or_create(
        token_hash=_hash(token, member=member),
        defaults={"member": member, "number": _number(token), "seen_at": now},
    )
    Device.objects.filter(pk=row.pk).update(seen_at=now)
    if is_new:
        _record(Act.DEVICE_WAITING, device=row, by=member)
    return row


def _waiting(device: str, *, by: Member) -> Device:
    require(by, Permission.DEVICE_APPROVE)
    rows = Device.objects.select_for_update().filter(approved_at__isnull=True)
    row = rows.filter(token_hash=device).first()
    if row is None:
        raise NoSuchDevice
    if row.member_id == by.pk:
        raise NotPermitted
    return row


def _record(act: Act, *, device: Device, by: Member) -> None:
    subject = f"member {device.member_id}"
    record(act, actor=by.member_id, subject=subject, detail={"number": device.number})


def _hash(token: str, *, member: Member) -> str:
    return hmac.new(
        token.encode(), f"oberih/1/device/{member.pk}".encode(), hashlib.sha256
    ).hexdigest()


def _number(token: str) -> str:
    """Return six digits drawn from the token, for two people on a phone to compare."""
    drawn = hashlib.sha256(b"oberih/1/device-number\0" + token.encode()).digest()
    return f"{int.from_bytes(drawn[:4], 'big') % 1_000_000:06d}"
