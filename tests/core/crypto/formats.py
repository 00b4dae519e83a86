"""The vectors, and one conversation that the tests of the formats share."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from oberih.core.time import Epoch
from oberih.crypto.age import Identity
from oberih.crypto.message import Place, ReplyBody, ReplyMessage, ReportBody, ReportMessage
from oberih.crypto.receipt import Receipt

FOLDER = Path(__file__).parents[3] / "vectors"
DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
EPOCH = Epoch(2967)
KEYS = Receipt(bytes(13)).derive()
OTHERS = Receipt(bytes(12) + b"\x01").derive()
DESK = Identity.from_seed(bytes(32))


def vectors(name: str) -> Any:  # noqa: ANN401  # a vectors file is JSON of its own shape
    """Return the content of a committed file."""
    return json.loads((FOLDER / f"{name}.json").read_text())


def report(text: str = "hello", **body: Any) -> ReportMessage:  # noqa: ANN401  # fields of a body
    """Return a first message of the conversation."""
    place = Place(KEYS.mailbox, EPOCH, 1, "", 0, DAY)
    return ReportMessage(place, ReportBody(text=text, **body), KEYS.first)


def later(sequence: int = 2, text: str = "more") -> ReportMessage:
    """Return a later message of the conversation."""
    place = Place(KEYS.mailbox, EPOCH, sequence, report().digest, 0, DAY)
    return ReportMessage(place, ReportBody(text=text))


def reply(text: str = "We are with you.") -> ReplyMessage:
    """Return the desk's first reply."""
    return ReplyMessage(Place(KEYS.mailbox, EPOCH, 1, "", 1, DAY), ReplyBody(text=text))
