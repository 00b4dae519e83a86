"""What calls refuse."""

from oberih.core.errors import BadInput, CouldNot, Refused


class CallTaken(Refused):
    """This call was sent already: look in the queue. Its words were shown once and are not kept."""


class CallNotSent(CouldNot):
    """The call could not be sent, and nothing of it was kept: try again with this same page."""


class NoSuchTable(BadInput):
    """This is no table of forms: its first row names none of our columns."""


class TooManyForms(BadInput):
    """At most 10 forms at once: cut the table into smaller ones. Nothing was sent."""
