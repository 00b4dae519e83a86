"""What one line of the public log says: a signed file of this digest was published on this day."""

from dataclasses import dataclass
from datetime import date

from oberih.core import canonical
from oberih.core.canonical import Json, NotCanonical
from oberih.crypto.fields import Fields
from oberih.crypto.notes import Malformed

LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Logged:
    """What one entry says."""

    path: str
    sha256: str
    day: date

    def encoded(self) -> bytes:
        """Return the entry as it is hashed."""
        fields: dict[str, Json] = {"path": self.path, "sha256": self.sha256}
        return canonical.encode({"v": 1, "day": self.day.isoformat(), **fields})


def read_entry(entry: bytes) -> Logged:
    """Return what an entry says; raises Malformed."""
    try:
        fields = Fields(canonical.decode(entry), error=Malformed)
    except NotCanonical:
        raise Malformed from None
    fields.require(fields.number("v") == 1)
    logged = Logged(
        path=fields.text("path", longest=LONGEST_PATH),
        sha256=fields.hexadecimal("sha256", length=32).hex(),
        day=fields.day("day"),
    )
    fields.close()
    return logged
