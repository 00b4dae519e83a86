"""What the sandbox may answer instead of a result, by name on both sides of the socket."""

from oberih.core.errors import BadInput, CouldNot, OberihError, Refused


class NotShown(Refused):
    """A file of this kind is not shown here."""


class TooLarge(Refused):
    """The file holds more than can be read with care."""


class NotAChat(BadInput):
    """This is not an exported chat of a known kind."""


class WhoIsWho(BadInput):
    """The export does not tell who wrote to whom: choose the stranger's name."""


class UnknownJob(BadInput):
    """The sandbox does not know this job."""


class JobDied(CouldNot):
    """The file could not be read: its reader ran out of time or memory, or fell over it."""


KNOWN: dict[str, type[OberihError]] = {
    refusal.__name__: refusal
    for refusal in (NotShown, TooLarge, NotAChat, WhoIsWho, UnknownJob, JobDied)
}
