"""The C2SP/CCTV suite of age files, read from the npm package that carries it."""

import base64
import io
import re
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from oberih.crypto import age
from oberih.crypto.age_header import HeaderChanged, MalformedHeader, read_header, verify_mac
from oberih.crypto.age_stream import BrokenPayload, read_payload

SUITE = Path(__file__).parents[3] / "node_modules" / "cctv-age" / "index.js"
ENTRY = re.compile(r'var (\w+)_default = __toBinary\("([^"]*)"\)')
ERROR_OF = {
    "no match": age.NotSealedToThisIdentity,
    "HMAC failure": HeaderChanged,
    "header failure": MalformedHeader,
    "payload failure": BrokenPayload,
}
WITHOUT_CLASSICAL = {"hybrid_x25519_arg"}
"""A malformed X25519 stanza: that kind is not read here at all, so the refusal is "no match"."""
OTHER_RECIPIENTS = re.compile("scrypt|armor|tag|x25519_(?!multiple|grease$)")


@dataclass(frozen=True)
class Vector:
    """One file of the suite: its fields, and the age file."""

    name: str
    fields: dict[str, str]
    sealed: bytes

    @property
    def is_hybrid(self) -> bool:
        """Whether its identity is the kind that we read."""
        return "-PQ-" in self.fields.get("identity", "")

    @property
    def succeeds(self) -> bool:
        """Whether it must open."""
        return self.fields["expect"] == "success"

    @property
    def error(self) -> type[age.CannotOpen]:
        """How it must be refused."""
        return ERROR_OF["no match" if self.name in WITHOUT_CLASSICAL else self.fields["expect"]]


def vector(name: str, encoded: str) -> Vector:
    head, sealed = base64.b64decode(encoded).split(b"\n\n", 1)
    fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
    if fields.get("compressed") == "zlib":
        sealed = zlib.decompress(sealed)
    return Vector(name, fields, sealed)


ALL = [vector(name, encoded) for name, encoded in ENTRY.findall(SUITE.read_text())]
HYBRID = [one for one in ALL if one.is_hybrid and not one.name.startswith("armor")]
FORMAT = [
    one
    for one in ALL
    if not one.is_hybrid and "file key" in one.fields and not OTHER_RECIPIENTS.match(one.name)
]
USED = HYBRID + FORMAT


def open_with_file_key(one: Vector, *, sink: io.BytesIO) -> None:
    source, file_key = io.BytesIO(one.sealed), bytes.fromhex(one.fields["file key"])
    verify_mac(read_header(source), file_key=file_key)
    read_payload(source, sink, file_key=file_key)


def test_the_suite_is_whole() -> None:
    assert (len(ALL), len(HYBRID), len(FORMAT)) == (143, 18, 56)


def opened(one: Vector) -> bytes:
    sink = io.BytesIO()
    if one.is_hybrid:
        identity = age.Identity.parse(one.fields["identity"])
        age.open_stream(io.BytesIO(one.sealed), sink, identity=identity)
    else:
        open_with_file_key(one, sink=sink)
    return sink.getvalue()


@pytest.mark.parametrize("one", [one for one in USED if one.succeeds], ids=lambda one: one.name)
def test_published_file_opens_to_the_published_content(one: Vector) -> None:
    content = opened(one)

    assert sha256(content).hexdigest() == one.fields["payload"]


@pytest.mark.parametrize("one", [one for one in USED if not one.succeeds], ids=lambda one: one.name)
def test_published_bad_file_is_refused_for_the_published_reason(one: Vector) -> None:
    with pytest.raises(one.error):
        opened(one)
