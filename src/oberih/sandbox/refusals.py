"""What the sandbox may answer instead of a result, by name on both sides of the socket."""

from oberih.core.errors import BadInput, CouldNot, OberihError, Refused


class NotShown(Refused):
    """A file of this kind is not shown here."""


class TooLarge(Refused):
    """The file holds more than can be read with care."""


class NotAChat(BadInput):
    """This is not an exported chat of a known kind."""


class NotATable(BadInput):
    """This is not a table: CSV, XLSX or ODS, with at least one row."""


class WhoIsWho(BadInput):
    """The export does not tell who wrote to whom: choose which name is the family's own."""

    def __init__(self, speakers: tuple[str, ...] = ()) -> None:
        """Carry the names to choose from; the message keeps silent about them."""
        super().__init__()
        self.speakers = speakers


class UnknownJob(BadInput):
    """The sandbox does not know this job."""


class JobDied(CouldNot):
    """The file could not be read: its reader ran out of time or memory, or fell over it."""


MOST_SPEAKERS = 20
LONGEST_SPEAKER = 100

KNOWN: dict[str, type[OberihError]] = {
    refusal.__name__: refusal
    for refusal in (NotShown, TooLarge, NotAChat, NotATable, WhoIsWho, UnknownJob, JobDied)
}
