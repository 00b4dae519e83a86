"""Log lines that hold no body, address, path or time: only what kind of error, and where."""

import logging
import traceback
from pathlib import Path


class Quiet(logging.Formatter):
    """Writes the level, the logger, and of an exception its class and the place in the code.

    A message is written only when the front itself wrote it and it takes no values: other
    libraries put paths and addresses into theirs.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; values of the request never enter it."""
        words = [record.levelname, record.name]
        if record.name.startswith("oberih.") and not record.args:
            words.append(str(record.msg))
        if record.exc_info and record.exc_info[0] is not None:
            words += [record.exc_info[0].__name__, *places(record)]
        return " ".join(words)


def places(record: logging.LogRecord) -> list[str]:
    """Return file:line of the calls that led to the exception, the innermost last."""
    if record.exc_info is None:
        return []
    frames = traceback.extract_tb(record.exc_info[2])
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-4:]]
