"""Whom to seal to now: fetched fresh from the front and verified from the root key down."""

from datetime import datetime

from oberih.client.front import Front, WeekOver
from oberih.core.time import epoch_of
from oberih.crypto.notes import Purpose
from oberih.crypto.trust import WeeklyRecipient, verify_delegations, verify_recipients


def current_recipient(front: Front, *, now: datetime) -> WeeklyRecipient:
    """Return this week's recipient; raises a leaf of NoteRefused when none can be trusted."""
    return _verified(front.published(f"recipients/{epoch_of(now.date())}.note"), front, now)


def newer_recipient(front: Front, *, refused: WeekOver, now: datetime) -> WeeklyRecipient:
    """Return the recipient that came with a refusal, verified like any other; raises WeekOver."""
    if not refused.note:
        raise refused
    return _verified(refused.note, front, now)


def _verified(note: bytes, front: Front, now: datetime) -> WeeklyRecipient:
    delegations = verify_delegations(front.published("delegations.note"), root=front.root, now=now)
    return verify_recipients(note, key=delegations.key(Purpose.RECIPIENTS), now=now)
