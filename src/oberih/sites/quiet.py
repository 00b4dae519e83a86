"""A log line that tells what kind of thing went wrong and where, never with whose words or path."""

import logging
import traceback


class Quiet(logging.Formatter):
    """Writes level, logger and, for an exception, its type and place: no message, path or values.

    A request's path may carry an invitation's token or a case's number; an exception's text may
    carry anything.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line = f"{record.levelname} {record.name}"
        if record.exc_info is None or record.exc_info[0] is None:
            return line
        kind, _error, trace = record.exc_info
        place = traceback.extract_tb(trace)[-1] if trace else None
        where = "" if place is None else f" at {place.filename}:{place.lineno}"
        return f"{line} {kind.__name__}{where}"
