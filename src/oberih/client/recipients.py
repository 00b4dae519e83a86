"""Whom to seal to now: fetched fresh from the front and verified from the root key down."""

from contextlib import suppress
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
    try:
        return _verified(_weekly_note(front, now=now), front=front, now=now)
    except (NoteRefused, FrontRefused) as error:
        raise NoRecipient from error


def _weekly_note(front: Front, *, now: datetime) -> bytes:
    """Return the note of this week, else of a week beside it; raises FrontRefused.

    A clock may be a day off at the border of two weeks; a note's own dates decide whether it may
    be used.
    """
    week = epoch_of(now.astimezone(UTC).date())
    for epoch in (week, week + 1):
        with suppress(FrontRefused):
            return front.published(f"recipients/{epoch}.note")
    return front.published(f"recipients/{week - 1}.note")


def newer_recipient(front: Front, *, refused: WeekOver, now: datetime) -> WeeklyRecipient:
    """Return the recipient that came with a refusal, verified like any other."""
    try:
        return _verified(refused.note, front=front, now=now)
    except (NoteRefused, FrontRefused) as error:
        raise NoRecipient from error


def _verified(note: bytes, *, front: Front, now: datetime) -> WeeklyRecipient:
    delegated = verify_delegations(front.published("delegations.note"), root=front.root, now=now)
    return verify_recipients(note, key=delegated.key(Purpose.RECIPIENTS), now=now)
