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


class NoSuchList(Refused):
    """The register has no such list."""


class AlreadyRead(BadInput):
    """This list is here already: the same rows from the same source. Nothing was changed."""


class AnotherWaits(BadInput):
    """Another list of this source waits: take it in or drop it first."""


class ColumnTwice(BadInput):
    """Two columns cannot say the same: leave one of them out."""


class NoNameColumn(BadInput):
    """Choose the column with the surname, the given name or the whole name."""


class NotThisFar(BadInput):
    """The list is not at this step: look at its page again."""


class RowsWrong(BadInput):
    """Some rows are wrong or half the list is gone: correct it, or say that it is meant so."""


class NoFile(BadInput):
    """Choose a file of at most 32 megabytes, or paste the table."""
