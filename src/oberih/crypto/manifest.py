"""The signed manifest of a watch list: which key answers, how large the list is, how it is cut.

It is published as watch-list.note (purpose watch-list). The whole list is one file; above a size it
is cut into buckets, and `sha256` is then the root of a tree over them (oberih.crypto.buckets).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from oberih.core.canonical import Json
from oberih.crypto.blind_questions import HIGHEST_EPOCH
from oberih.crypto.fields import Fields
from oberih.crypto.notes import Document, Malformed, Purpose, verify

MOST_BITS = 16
LARGEST_LIST = 4 * 1024 * 1024
SALT = 32


class Form(StrEnum):
    """How the entries are published."""

    WHOLE = "whole"
    BUCKETS = "buckets"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`size` counts the bytes of the whole file, or of one bucket's entries; `bits` is 0 for whole.

    `previous` is the hex SHA-256 of the manifest's note before, "" for the first.
    """

    epoch: int
    key: bytes
    count: int
    size: int
    sha256: bytes
    previous: str
    form: Form
    bits: int
    salt: bytes

    def as_json(self) -> dict[str, Json]:
        """Return the note's body."""
        return {
            "epoch": self.epoch,
            "key": self.key.hex(),
            "count": self.count,
            "size": self.size,
            "sha256": self.sha256.hex(),
            "previous": self.previous,
            "form": self.form.value,
            "bits": self.bits,
            "salt": self.salt.hex(),
        }

    @property
    def path(self) -> str:
        """Return where the whole list is published."""
        return f"watch-list/{self.epoch}.bin"

    def bucket_path(self, bucket: int) -> str:
        """Return where a bucket is published: its number in as many hex letters as all need."""
        return f"watch-list/{self.epoch}/{bucket:0{-(-self.bits // 4)}x}.bin"


def verify_manifest(note: bytes, *, key: bytes, now: datetime) -> Manifest:
    """Return the manifest that is valid now; raises a leaf of NoteRefused."""
    return read_manifest(verify(note, key=key, purpose=Purpose.WATCH_LIST, now=now))


def read_manifest(document: Document) -> Manifest:
    """Return the manifest of a verified document; raises Malformed."""
    fields = Fields(document.body, error=Malformed)
    salt = fields.text("salt", longest=2 * SALT)
    fields.require(len(salt) % 2 == 0 and not set(salt) - set("0123456789abcdef"))
    previous = fields.text("previous", longest=64)
    manifest = Manifest(
        epoch=fields.number("epoch", most=HIGHEST_EPOCH),
        key=fields.hexadecimal("key", length=32),
        count=fields.number("count"),
        size=fields.number("size", most=LARGEST_LIST),
        sha256=fields.hexadecimal("sha256", length=32),
        previous=previous,
        form=fields.choice("form", among=Form),
        bits=fields.number("bits", most=MOST_BITS),
        salt=bytes.fromhex(salt),
    )
    fields.close()
    fields.require((manifest.bits == 0) == (manifest.form is Form.WHOLE))
    return manifest
