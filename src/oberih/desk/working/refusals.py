"""What working the queue refuses."""

from oberih.core.errors import BadInput, Refused


class NothingChosen(BadInput):
    """No case is chosen."""


class TooManyChosen(BadInput):
    """At most 500 cases at once."""


class NothingToUndo(Refused):
    """There is nothing left to take back: an act goes back within 30 seconds."""


class NoViewName(BadInput):
    """A view needs a name and one of the keys 6 to 9."""
