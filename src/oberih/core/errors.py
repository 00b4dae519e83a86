"""Every error that Oberih raises on purpose, as one tree.

    OberihError
    ├── BadInput          exit 2: what was given cannot be used; the sentence says what to do
    │   └── Refused       a format, signature, date or size that must not be accepted
    └── CouldNot          exit 3: the network, a lock or the disk prevented it; try again later

Other modules add leaves below these three, never beside them. A message never carries report
text, names, phone numbers, words of a receipt or keys: it may end in a log.
"""


class OberihError(Exception):
    """Something went wrong."""

    exit_code = 1

    def __init__(self, message: str = "") -> None:
        """Take the sentence for the person; without one, the class's docstring is it."""
        super().__init__(message or (type(self).__doc__ or "").strip())


class BadInput(OberihError):
    """The input cannot be used."""

    exit_code = 2


class Refused(BadInput):
    """This was refused."""


class CouldNot(OberihError):
    """This could not be done now."""

    exit_code = 3
