"""The ring's operations: from a frame to the unlocked keys and back."""

import os
from collections.abc import Callable

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.time import Epoch
from oberih.crypto.age import Recipient
from oberih.crypto.checkpoint import Checkpoint
from oberih.crypto.courier_requests import CourierRequest
from oberih.crypto.envelope import MailboxId
from oberih.crypto.fields import Fields
from oberih.crypto.message import reply_from_json
from oberih.crypto.notes import Document, Purpose
from oberih.crypto.tiles import HASH_SIZE
from oberih.crypto.tree import Head
from oberih.keys.contacts import KeptContact
from oberih.keys.opened import OpenedRing
from oberih.system.frames import BrokenFrame, Frame

Operation = Callable[[OpenedRing, Frame], Frame]


def open_envelope(ring: OpenedRing, asked: Frame) -> Frame:
    """Body: 16,384 bytes; answer: the inner message."""
    return Frame({}, ring.open_envelope(asked.body))


def open_attachment(ring: OpenedRing, asked: Frame) -> Frame:
    """Files: sealed source, empty sink; answer: the item's key, size and hashes."""
    if len(asked.files) != 2:  # noqa: PLR2004  # source and sink
        raise BrokenFrame
    source_file, sink_file = asked.files
    epoch = Epoch(asked.number("epoch"))
    with (
        os.fdopen(source_file, "rb", closefd=False) as source,
        os.fdopen(sink_file, "wb", closefd=False) as sink,
    ):
        item = ring.reseal(source, sink, epoch=epoch)
        sink.flush()
        os.fsync(sink_file)
    header: dict[str, Json] = {"size": item.size, "sha256": item.sha256, "id": item.id}
    return Frame(header, bytes(item.key))


def wrap(ring: OpenedRing, asked: Frame) -> Frame:
    """Body: the 32-byte secret; answer: the wrapped one."""
    return Frame({}, ring.wrap(asked.body, mailbox=MailboxId(asked.text("mailbox"))))


def reply(ring: OpenedRing, asked: Frame) -> Frame:
    """Body: the reply's canonical JSON; answer: the envelope."""
    message = reply_from_json(_decoded(asked.body))
    wrapped = _hexadecimal(asked.text("wrapped"))
    recipient = Recipient.parse(asked.text("recipient"))
    return Frame({}, ring.reply(message, wrapped=wrapped, recipient=recipient))


def sign(ring: OpenedRing, asked: Frame) -> Frame:
    """Body: the document's body; answer: the note."""
    fields = Fields(
        {name: asked.header.get(name) for name in ("purpose", "sequence", "from", "until")},
        error=BrokenFrame,
    )
    document = Document(
        purpose=fields.choice("purpose", among=Purpose),
        sequence=fields.number("sequence"),
        not_before=fields.time("from"),
        not_after=fields.time("until"),
        body=_decoded(asked.body),
    )
    return Frame({}, ring.sign(document))


def sign_head(ring: OpenedRing, asked: Frame) -> Frame:
    """Body: the proof's hashes, 32 bytes each; answer: the signed head."""
    head = Head(asked.number("size"), _hexadecimal(asked.text("root")))
    if len(asked.body) % HASH_SIZE or len(head.root) != HASH_SIZE:
        raise BrokenFrame
    proof = [asked.body[at : at + HASH_SIZE] for at in range(0, len(asked.body), HASH_SIZE)]
    return Frame({}, ring.sign_head(Checkpoint(asked.text("origin"), head), proof=proof))


def log_size(ring: OpenedRing, asked: Frame) -> Frame:  # noqa: ARG001  # all have this shape
    """Answer: the size of the last head that was signed."""
    return Frame({"size": ring.log_size()})


def sign_courier(ring: OpenedRing, asked: Frame) -> Frame:
    """Answer: the signature in hex."""
    request = CourierRequest(
        method=asked.text("method"),
        path=asked.text("path"),
        body_sha256=asked.text("body_sha256"),
        time=asked.number("time"),
        nonce=asked.text("nonce"),
        fence=asked.number("fence"),
    )
    return Frame({"signature": ring.sign_courier(request)})


def recipients(ring: OpenedRing, asked: Frame) -> Frame:
    """Answer: the signed recipients by week."""
    named = asked.text("complaints") if "complaints" in asked.header else ""
    complaints = Recipient.parse(named) if named else None
    signed = ring.recipients(asked.number("weeks"), complaints=complaints)
    return Frame({}, canonical.encode({str(week): note.decode() for week, note in signed.items()}))


def keep_contact(ring: OpenedRing, asked: Frame) -> Frame:
    """Body: where a subscriber is reached; answer: that sealed, its keyed hash in the header."""
    kept = ring.keep_contact(asked.body)
    return Frame({"mac": kept.mac}, kept.sealed)


def read_contacts(ring: OpenedRing, asked: Frame) -> Frame:
    """Body: pairs of keyed hash and sealed contact in hex; answer: the contacts in hex."""
    pairs = _decoded(asked.body)
    if not isinstance(pairs, list):
        raise BrokenFrame
    found = ring.read_contacts([_kept(pair) for pair in pairs])
    return Frame({}, canonical.encode([one.hex() for one in found]))


def _kept(pair: Json) -> KeptContact:
    match pair:
        case [str(mac), str(sealed)]:
            return KeptContact(mac, _hexadecimal(sealed))
    raise BrokenFrame


def destroy_epoch(ring: OpenedRing, asked: Frame) -> Frame:
    """Destroy the identity of a drained week."""
    ring.destroy_epoch(Epoch(asked.number("epoch")))
    return Frame({})


OPERATIONS: dict[str, Operation] = {
    "open-envelope": open_envelope,
    "open-attachment": open_attachment,
    "wrap": wrap,
    "reply": reply,
    "sign": sign,
    "sign-head": sign_head,
    "log-size": log_size,
    "sign-courier": sign_courier,
    "recipients": recipients,
    "destroy-epoch": destroy_epoch,
    "keep-contact": keep_contact,
    "read-contacts": read_contacts,
}
"""What needs unlocked keys."""


def _decoded(encoded: bytes) -> Json:
    try:
        return canonical.decode(encoded)
    except canonical.NotCanonical as error:
        raise BrokenFrame from error


def _hexadecimal(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise BrokenFrame from error
