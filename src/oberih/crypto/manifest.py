"""The signed manifest of a watch list: which key answers, how large the list is, how it is cut.

It is published as watch-list.note (purpose watch-list). The whole list is one file; above a size it
is cut into buckets, and `sha256` is then the root of a tree over them (oberih.crypto.buckets). Up
to another size the whole list lies beside its buckets, for those who would rather fetch all of it.
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

    `previous` is the hex SHA-256 of the manifest's note before, "" for the first. `whole` is that
    of the whole list where it lies beside buckets, else "".
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
    whole: str = ""

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
            "whole": self.whole,
        }

    @property
    def path(self) -> str:
        """Return where the whole list is published."""
        return whole_path(self.epoch)

    def bucket_path(self, bucket: int) -> str:
        """Return where a bucket is published."""
        return bucket_path(self.epoch, bits=self.bits, bucket=bucket)


def whole_path(epoch: int) -> str:
    """Return where an epoch's whole list is published."""
    return f"watch-list/{epoch}.bin"


def bucket_path(epoch: int, *, bits: int, bucket: int) -> str:
    """Return where a bucket is published: its number in as many hex letters as the last needs.

    The suffix is one that the front never packs: packed, buckets would differ in length.
    """
    return f"watch-list/{epoch}/{bucket:0{-(-bits // 4)}x}.bucket"


def verify_manifest(note: bytes, *, key: bytes, now: datetime) -> Manifest:
    """Return the manifest that is valid now; raises a leaf of NoteRefused."""
    return read_manifest(verify(note, key=key, purpose=Purpose.WATCH_LIST, now=now))


def read_manifest(document: Document) -> Manifest:
    """Return the manifest of a verified document; raises Malformed."""
    fields = Fields(document.body, error=Malformed)
    salt = _hex(fields, "salt")
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
        whole=_hex(fields, "whole"),
    )
    fields.close()
    fields.require((manifest.bits == 0) == (manifest.form is Form.WHOLE))
    fields.require(len(manifest.whole) in {0, 64})
    return manifest


def _hex(fields: Fields, name: str) -> str:
    """Return up to 32 bytes in hex, or nothing."""
    text = fields.text(name, longest=2 * SALT)
    fields.require(len(text) % 2 == 0 and not set(text) - set("0123456789abcdef"))
    return text
