"""How soon a case must be answered, and why, in words: physical danger and despair come first."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oberih.check.values import Route
from oberih.desk.states import Band


class Urgency(IntEnum):
    """The queue's order; a smaller number is answered first."""

    NOW = 0
    URGENT = 1
    TODAY = 2
    ROUTINE = 3


ANSWER_WITHIN = {
    Urgency.NOW: timedelta(hours=1),
    Urgency.URGENT: timedelta(hours=4),
    Urgency.TODAY: timedelta(hours=24),
    Urgency.ROUTINE: timedelta(hours=72),
}

WORDS: dict[Urgency, Promise] = {
    Urgency.NOW: _("Now"),
    Urgency.URGENT: _("Urgent"),
    Urgency.TODAY: _("Today"),
    Urgency.ROUTINE: _("Routine"),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What decides about the urgency of a case."""

    band: str
    physical: bool
    support: bool
    under18: bool


def urgency_of(signs: Signs) -> Urgency:
    """Return the level; a minor under a demand is answered as physical danger is."""
    if signs.physical or signs.support or (signs.under18 and signs.band == Band.STOP):
        return Urgency.NOW
    if signs.band == Band.STOP or signs.under18:
        return Urgency.URGENT
    if signs.band in {Band.WARNING, Band.VERIFY}:
        return Urgency.TODAY
    return Urgency.ROUTINE


_BAND_REASONS: dict[str, Promise] = {
    Band.STOP: _("A demand has been made."),
    Band.WARNING: _("A pattern of pressure is forming."),
    Band.VERIFY: _("These words alone do not tell: verify who writes."),
    Band.NONE: _("No known sign so far; that proves nothing."),
}
_CLAIM = _("It claims an official body: verify it.")


def reasons_for(signs: Signs, *, route: str = "") -> tuple[Promise, ...]:
    """Return the sentences that explain the order, the gravest first."""
    is_claim = signs.band == Band.VERIFY and route == Route.OFFICIAL
    special = (
        (signs.physical, _("A parcel, device or meeting: physical danger first.")),
        (signs.support, _("Words of despair: support first.")),
        (signs.under18, _("Under 18: short words, the safeguarding lead joins.")),
    )
    band = _CLAIM if is_claim else _BAND_REASONS[signs.band]
    return (*(words for holds, words in special if holds), band)
