"""Whom to seal to now: fetched fresh from the front and verified from the root key down."""

from datetime import UTC, datetime

from oberih.client.front import Front, FrontRefused, WeekOver
from oberih.core.errors import CouldNot
from oberih.core.time import epoch_of
from oberih.crypto.notes import NoteRefused, Purpose
from oberih.crypto.trust import WeeklyRecipient, verify_delegations, verify_recipients


class NoRecipient(CouldNot):
    """There is no valid key to seal with, so nothing was sent: check the clock and the root key."""


def current_recipient(front: Front, *, now: datetime) -> WeeklyRecipient:
    """Return this week's recipient; raises NoRecipient when none can be trusted."""
    epoch = epoch_of(now.astimezone(UTC).date())
    try:
        return _verified(front.published(f"recipients/{epoch}.note"), front=front, now=now)
    except (NoteRefused, FrontRefused) as error:
        raise NoRecipient from error


def newer_recipient(front: Front, *, refused: WeekOver, now: datetime) -> WeeklyRecipient:
    """Return the recipient that came with a refusal, verified like any other."""
    try:
        return _verified(refused.note, front=front, now=now)
    except (NoteRefused, FrontRefused) as error:
        raise NoRecipient from error


def _verified(note: bytes, *, front: Front, now: datetime) -> WeeklyRecipient:
    delegated = verify_delegations(front.published("delegations.note"), root=front.root, now=now)
    return verify_recipients(note, key=delegated.key(Purpose.RECIPIENTS), now=now)
