"""What need-to-know refuses; a hidden case is refused exactly as one that does not exist."""

from oberih.core.errors import BadInput, Refused


class NoSuchCase(BadInput):
    """There is no such case."""


class NoReason(BadInput):
    """Say in a sentence why it is needed."""


class EndTooFar(BadInput):
    """An access ends: a case within 30 days, an identity within one, minors' cases within 90."""


class NotYourself(Refused):
    """Nobody opens something for themselves: another person gives it."""


class NothingAsked(BadInput):
    """Nobody asks for this any more."""


class TooManyOpenings(Refused):
    """You opened as many cases as one person may in an hour. A colleague can let you go on."""
