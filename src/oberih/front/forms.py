"""What arrives, parsed once: a body becomes a typed value here, or is refused here."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import NewType

from oberih.core import canonical
from oberih.crypto.envelope import Direction, EnvelopeId, MailboxId, envelope_id, read_header
from oberih.front import limits
from oberih.front.refusals import Malformed, WrongSize

AttachmentId = NewType("AttachmentId", str)

HEX_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody's claim to a mailbox: the mailbox, and the hash of the token they showed."""

    mailbox: MailboxId
    token_hash: str = field(repr=False)

    def opens(self, stored_hash: str) -> bool:
        """Tell whether the token is the mailbox's, in a time that does not depend on it."""
        return hmac.compare_digest(self.token_hash, stored_hash)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One envelope as it goes into the table."""

    id: EnvelopeId
    mailbox: MailboxId
    epoch: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Deposit:
    """An envelope with its sender's claim to the mailbox."""

    access: Access
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Announcement:
    """A sealed file that is about to arrive in so many chunks."""

    access: Access
    attachment: AttachmentId
    chunks: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk of an announced attachment."""

    access: Access
    attachment: AttachmentId
    number: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the desk has, what its backup has too (ids of any kind), and which mailboxes moved."""

    filed: tuple[str, ...]
    backed_up: tuple[str, ...]
    emptied: tuple[str, ...] = ()


DEPOSIT_BYTES = limits.TOKEN_BYTES + limits.ENVELOPE_BYTES
ACCESS_BYTES = limits.TOKEN_BYTES + limits.HASH_BYTES
FETCH_BYTES = ACCESS_BYTES + limits.HASH_BYTES
ANNOUNCEMENT_BYTES = FETCH_BYTES + limits.COUNT_BYTES
CHUNK_BYTES = ANNOUNCEMENT_BYTES + limits.CHUNK_BYTES


def deposit(body: bytes) -> Deposit:
    """Read token || envelope; raises WrongSize, MalformedEnvelope or Malformed."""
    require_size(body, size=DEPOSIT_BYTES)
    token, envelope = body[: limits.TOKEN_BYTES], body[limits.TOKEN_BYTES :]
    sealed = read_sealed(envelope, direction=Direction.REPORT)
    return Deposit(Access(sealed.mailbox, hashlib.sha256(token).hexdigest()), sealed)


def replies(body: bytes) -> list[Sealed]:
    """Read the desk's reply envelopes, one after another."""
    if not body or len(body) % limits.ENVELOPE_BYTES:
        raise WrongSize
    starts = range(0, len(body), limits.ENVELOPE_BYTES)
    pieces = (body[start : start + limits.ENVELOPE_BYTES] for start in starts)
    return [read_sealed(piece, direction=Direction.REPLY) for piece in pieces]


def read_sealed(envelope: bytes, *, direction: Direction) -> Sealed:
    """Read an envelope's clear header; raises MalformedEnvelope, or Malformed when it is turned."""
    header = read_header(envelope)
    if header.direction is not direction:
        raise Malformed
    return Sealed(envelope_id(envelope), header.mailbox, header.epoch, envelope)


def access(body: bytes) -> Access:
    """Read token || mailbox; raises WrongSize."""
    require_size(body, size=ACCESS_BYTES)
    return read_access(body)


def fetch(body: bytes) -> tuple[Access, EnvelopeId]:
    """Read token || mailbox || envelope id; raises WrongSize."""
    require_size(body, size=FETCH_BYTES)
    return read_access(body), EnvelopeId(body[ACCESS_BYTES:].hex())


def announcement(body: bytes) -> Announcement:
    """Read token || mailbox || attachment id || chunks; raises WrongSize or Malformed."""
    require_size(body, size=ANNOUNCEMENT_BYTES)
    chunks = int.from_bytes(body[FETCH_BYTES:])
    if chunks not in limits.CLASSES:
        raise Malformed
    return Announcement(read_access(body), read_attachment(body), chunks)


def chunk(body: bytes) -> Chunk:
    """Read token || mailbox || attachment id || index || chunk; raises WrongSize or Malformed."""
    require_size(body, size=CHUNK_BYTES)
    number = int.from_bytes(body[FETCH_BYTES:ANNOUNCEMENT_BYTES])
    if number >= limits.MOST_CHUNKS:
        raise Malformed
    return Chunk(read_access(body), read_attachment(body), number, body[ANNOUNCEMENT_BYTES:])


def collect(body: bytes) -> int:
    """Read {"limit"}: how many records the courier takes at once; raises Malformed."""
    limit = read_object(body, names={"limit"})["limit"]
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise Malformed
    return min(limit, limits.MOST_COLLECTED)


def wanted_chunk(body: bytes) -> tuple[AttachmentId, int]:
    """Read {"id", "index"}; raises Malformed."""
    wanted = read_object(body, names={"id", "index"})
    index = wanted["index"]
    if not isinstance(index, int) or isinstance(index, bool):
        raise Malformed
    return AttachmentId(read_ids([wanted["id"]])[0]), index


def acknowledgement(body: bytes) -> Acknowledgement:
    """Read {"filed", "backed_up"}, and "emptied" when there is any; raises Malformed."""
    lists = {"emptied": [], **read_any_object(body)}
    if set(lists) != {"filed", "backed_up", "emptied"}:
        raise Malformed
    return Acknowledgement(**{name: read_ids(value) for name, value in lists.items()})


def read_object(body: bytes, *, names: set[str]) -> dict[str, canonical.Json]:
    """Read canonical JSON with exactly these names; raises NotCanonical or Malformed."""
    value = read_any_object(body)
    if set(value) != names:
        raise Malformed
    return value


def read_any_object(body: bytes) -> dict[str, canonical.Json]:
    """Read canonical JSON with names; raises NotCanonical or Malformed."""
    value = canonical.decode(body)
    if not isinstance(value, dict):
        raise Malformed
    return value


def read_ids(value: canonical.Json) -> tuple[str, ...]:
    """Read a list of lower-case hex SHA-256; raises Malformed."""
    if not isinstance(value, list) or len(value) > limits.MOST_ACKNOWLEDGED:
        raise Malformed
    if not all(isinstance(one, str) and HEX_ID.fullmatch(one) for one in value):
        raise Malformed
    return tuple(value)


def read_access(body: bytes) -> Access:
    """Return the claim with which every mailbox request begins."""
    token_hash = hashlib.sha256(body[: limits.TOKEN_BYTES]).hexdigest()
    return Access(MailboxId(body[limits.TOKEN_BYTES : ACCESS_BYTES].hex()), token_hash)


def read_attachment(body: bytes) -> AttachmentId:
    """Return the attachment id that follows the claim."""
    return AttachmentId(body[ACCESS_BYTES:FETCH_BYTES].hex())


def require_size(body: bytes, *, size: int) -> None:
    """Raise WrongSize for any other length."""
    if len(body) != size:
        raise WrongSize
