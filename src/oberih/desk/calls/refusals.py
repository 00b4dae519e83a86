"""What calls refuse."""

from oberih.core.errors import CouldNot, Refused


class CallTaken(Refused):
    """This call was sent already: look in the queue. Its words were shown once and are not kept."""


class CallNotSent(CouldNot):
    """The call could not be sent, and nothing of it was kept: try again with this same page."""
