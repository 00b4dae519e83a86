"""What care refuses."""

from oberih.core.errors import BadInput, Refused


class NotYours(Refused):
    """This case is a colleague's: only its owner passes it on."""


class NoComplaintKey(Refused):
    """There is no key to seal a complaint to yet: tell the auditor in person."""


class ComplaintEmpty(BadInput):
    """Write what happened, in at most 20,000 characters."""


class NoSuchComplaint(BadInput):
    """There is no such complaint."""


class NoSuchConversation(BadInput):
    """No conversation here has this number: its words may have been changed or deleted."""


class NotAMinor(Refused):
    """Nobody has noted that this is somebody under 18."""


class KinKeptApart(Refused):
    """Their requesters are kin in dispute: these cases never become one."""


class NotTwoCases(BadInput):
    """Name another case that you may see."""


class NoSuchColleague(BadInput):
    """There is no such colleague in your teams."""
