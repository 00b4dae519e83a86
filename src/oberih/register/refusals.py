"""What the register refuses, each with the sentence that a person reads."""

from oberih.core.errors import BadInput, Refused


class NoSuchPerson(Refused):
    """The register has no such person."""


class NoSuchRequester(Refused):
    """The register has no such requester."""


class NoSuchSource(BadInput):
    """Choose a source of the list, or add it first."""


class SourceTaken(BadInput):
    """A source of this name is in the register already."""


class NotOfficial(BadInput):
    """Only a bureau, the Red Cross or a body of the state is an official source."""


class NoName(BadInput):
    """A person needs a surname or a given name."""


class SpellingKnown(BadInput):
    """This source has this spelling already."""


class DaysReversed(BadInput):
    """The last day of an interval lies before its first."""


class NotYet(BadInput):
    """An event cannot have happened, nor been learned, after today."""


class AlreadyReplaced(BadInput):
    """This event was replaced already: replace the one that stands in its place."""


class EventsBroken(Refused):
    """The chain of the register's events is broken."""

    def __init__(self, position: int = 0) -> None:
        """Take where it breaks."""
        super().__init__()
        self.position = position
