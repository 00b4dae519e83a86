"""Promises of the unlocked ring: it opens, authenticates, signs, each key for its own purpose."""

import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from running_ring import RunningRing

from oberih.core import time
from oberih.core.time import Epoch
from oberih.crypto.age import Identity, Recipient
from oberih.crypto.age_header import CannotOpen
from oberih.crypto.attachments import seal_attachment
from oberih.crypto.courier_requests import CourierRequest, NotTheCourier, verify_request
from oberih.crypto.envelope import SIZE, open_envelope, seal_envelope
from oberih.crypto.message import (
    Direction,
    First,
    MailboxId,
    Place,
    ReplyBody,
    ReplyKind,
    ReplyMessage,
    ReportBody,
    ReportKind,
    ReportMessage,
    mailbox_of,
    parse_reply,
    sign_report,
)
from oberih.crypto.notes import BadSignature, Document, NotYetValid, Purpose, WrongPurpose, verify
from oberih.crypto.trust import verify_delegations, verify_recipients
from oberih.keys.epochs import NoSuchEpoch
from oberih.keys.items import ItemBroken, ItemKey, ItemWriter, read_item
from oberih.keys.opened import PurposeRefused, WrapBroken

NOW = time.now()
DAY = date(2026, 11, 16)
REPORTER = Identity.from_seed(b"r" * 32)
SIGNING = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
MAC = b"m" * 32
"""The keys of one invented receipt."""


def published(ring: RunningRing) -> tuple[bytes, Epoch, Recipient]:
    """Return the recipients' key and this week's recipient as a page would trust them."""
    root = bytes.fromhex((ring.keys / "root.pub").read_text())
    note = (ring.keys / "delegations.note").read_bytes()
    key = verify_delegations(note, root=root, now=NOW).key(Purpose.RECIPIENTS)
    week, first = next(iter(ring.client.recipients().items()))
    weekly = verify_recipients(first, key=key, now=NOW)
    assert weekly.epoch == week
    return key, week, weekly.recipient


def first_report(*, epoch: Epoch) -> ReportMessage:
    verify_key = SIGNING.public_key().public_bytes_raw()
    token_hash = hashlib.sha256(b"t" * 32).digest()
    recipient = REPORTER.recipient
    mailbox = mailbox_of(recipient=str(recipient), verify_key=verify_key, token_hash=token_hash)
    first = First(recipient=recipient, verify=verify_key, mac=MAC, token_hash=token_hash)
    place = Place(mailbox, epoch, sequence=1, previous="", seen=0, day=DAY)
    return ReportMessage(place, ReportBody(kind=ReportKind.REPORT, text="invented"), first)


def reply_in(mailbox: MailboxId, *, epoch: Epoch) -> ReplyMessage:
    place = Place(mailbox, epoch, sequence=1, previous="", seen=1, day=DAY)
    return ReplyMessage(place, ReplyBody(kind=ReplyKind.REPLY, text="We are with you."))


def test_a_report_sealed_to_the_published_recipient_is_opened(ring: RunningRing) -> None:
    _key, epoch, recipient = published(ring)
    message = first_report(epoch=epoch)
    inner = sign_report(message, key=SIGNING)

    sealed = seal_envelope(inner, header=message.header, to=recipient)
    assert ring.client.open_envelope(sealed) == inner


def test_an_envelope_for_another_desk_or_week_is_refused(ring: RunningRing) -> None:
    _key, epoch, recipient = published(ring)
    for week, to, refusal in (
        (Epoch(epoch - 1), recipient, NoSuchEpoch),
        (Epoch(epoch + 1), recipient, CannotOpen),
        (epoch, REPORTER.recipient, CannotOpen),
    ):
        message = first_report(epoch=week)
        sealed = seal_envelope(sign_report(message, key=SIGNING), header=message.header, to=to)
        with pytest.raises(refusal):
            ring.client.open_envelope(sealed)


def test_a_reply_is_authenticated_and_sealed_without_giving_out_the_key(ring: RunningRing) -> None:
    message = reply_in(first_report(epoch=Epoch(1)).place.mailbox, epoch=Epoch(1))
    wrapped = ring.client.wrap(MAC, mailbox=message.place.mailbox)
    sealed = ring.client.reply(message, wrapped=wrapped, recipient=REPORTER.recipient)

    assert len(sealed) == SIZE
    assert parse_reply(open_envelope(sealed, identity=REPORTER), mac_key=MAC) == message
    assert MAC not in wrapped
    assert sealed[7] == Direction.REPLY


def test_a_wrapped_key_answers_in_its_own_conversation_alone(ring: RunningRing) -> None:
    message = reply_in(MailboxId("ab" * 32), epoch=Epoch(1))
    others = ring.client.wrap(MAC, mailbox=MailboxId("cd" * 32))

    for wrapped in (others, b"", others[:-1], b"x" * 60):
        with pytest.raises(WrapBroken):
            ring.client.reply(message, wrapped=wrapped, recipient=REPORTER.recipient)
    with pytest.raises(WrapBroken):
        ring.client.wrap(b"short", mailbox=MailboxId("ab" * 32))


def document(purpose: Purpose, *, days: int = 7) -> Document:
    start = datetime(2026, 11, 16, tzinfo=UTC)
    return Document(purpose, 1, start, start + timedelta(days=days), {"text": "invented"})


@pytest.mark.parametrize(
    "purpose", [Purpose.ALERTS, Purpose.WATCH_LIST, Purpose.RULES, Purpose.NUMBERS]
)
def test_each_purpose_is_signed_with_a_key_of_its_own(ring: RunningRing, purpose: Purpose) -> None:
    note = ring.client.sign(document(purpose))
    root = bytes.fromhex((ring.keys / "root.pub").read_text())
    delegations = verify_delegations(
        (ring.keys / "delegations.note").read_bytes(), root=root, now=NOW
    )
    at = datetime(2026, 11, 17, tzinfo=UTC)

    assert verify(note, key=delegations.key(purpose), purpose=purpose, now=at)
    for other in set(delegations.keys) - {purpose}:
        with pytest.raises(WrongPurpose):
            verify(note, key=delegations.key(other), purpose=other, now=at)
        with pytest.raises(BadSignature):
            verify(note, key=delegations.key(other), purpose=purpose, now=at)


@pytest.mark.parametrize("purpose", [Purpose.DELEGATIONS, Purpose.RECIPIENTS])
def test_nobody_who_took_the_desk_has_a_recipient_or_a_key_of_his_own_signed(
    ring: RunningRing, purpose: Purpose
) -> None:
    with pytest.raises(PurposeRefused):
        ring.client.sign(document(purpose))


@pytest.mark.parametrize(("purpose", "days"), [(Purpose.ALERTS, 367), (Purpose.WATCH_LIST, 32)])
def test_nothing_is_signed_for_too_long_or_backwards(
    ring: RunningRing, purpose: Purpose, days: int
) -> None:
    for lasts in (days, 0, -1):
        with pytest.raises(PurposeRefused):
            ring.client.sign(document(purpose, days=lasts))


def test_the_courier_signs_calls_to_the_courier_listener_alone(ring: RunningRing) -> None:
    key = bytes.fromhex((ring.keys / "courier.pub").read_text())
    request = CourierRequest("POST", "/api/courier/collect", "0" * 64, 1, "0" * 32, 1)
    signature = ring.client.sign_courier(request)

    verify_request(request, signature=signature, key=key)
    with pytest.raises(NotTheCourier):
        verify_request(request, signature="00" * 64, key=key)
    with pytest.raises(PurposeRefused):
        ring.client.sign_courier(CourierRequest("POST", "/api/envelopes", "0" * 64, 1, "0" * 32, 1))


def test_recipients_stand_four_weeks_ahead_and_are_not_valid_before(ring: RunningRing) -> None:
    key, epoch, _recipient = published(ring)
    signed = ring.client.recipients()

    assert list(signed) == [epoch + ahead for ahead in range(5)]
    with pytest.raises(NotYetValid):
        verify_recipients(signed[Epoch(epoch + 4)], key=key, now=NOW)


def test_the_same_recipient_is_published_again_after_a_restart(ring: RunningRing) -> None:
    before = ring.client.recipients()
    ring.client.lock()
    ring.client.unlock(ring.passphrase)

    assert ring.client.recipients() == before


@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537, 3_000_000])
def test_an_attachment_is_sealed_anew_under_a_key_of_its_own(
    ring: RunningRing, tmp_path: Path, size: int
) -> None:
    _key, epoch, recipient = published(ring)
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    sealed = sealed_file(tmp_path, content=content, to=recipient)
    item = ring.client.open_attachment(sealed, to=tmp_path / "item", epoch=epoch)
    opened = io.BytesIO()
    with (tmp_path / "item").open("rb") as stored:
        read_item(stored, opened, key=item.key)

    assert opened.getvalue() == content
    assert (item.size, item.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert item.id == hashlib.sha256(sealed.read_bytes()).hexdigest()
    assert size < 64 or content[:64] not in (tmp_path / "item").read_bytes()


@pytest.mark.parametrize("kept", [0, 100, 5000, 262_143, 262_144 - 70_000])
def test_a_cut_off_attachment_leaves_nothing_behind(
    ring: RunningRing, tmp_path: Path, kept: int
) -> None:
    _key, epoch, recipient = published(ring)
    sealed = sealed_file(tmp_path, content=b"x" * 150_000, to=recipient)
    sealed.write_bytes(sealed.read_bytes()[:kept])

    with pytest.raises(CannotOpen):
        ring.client.open_attachment(sealed, to=tmp_path / "items" / "item", epoch=epoch)
    assert list((tmp_path / "items").iterdir()) == []


def sealed_file(folder: Path, *, content: bytes, to: Recipient) -> Path:
    (folder / "items").mkdir(exist_ok=True)
    path = folder / "sealed"
    with path.open("wb") as sink:
        seal_attachment(io.BytesIO(content), sink, to=to, size=len(content))
    return path


def stored_item(content: bytes, *, key: ItemKey) -> bytes:
    sink = io.BytesIO()
    writer = ItemWriter(sink, key=key)
    writer.write(content)
    writer.finish()
    return sink.getvalue()


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_a_stored_item_is_refused_when_it_is_cut_or_changed(size: int) -> None:
    key = ItemKey.generate()
    stored = stored_item(b"x" * size, key=key)

    for broken in (stored[:-1], stored[:7], b"", stored + b"x", b"OBERIT\x02" + stored[7:]):
        with pytest.raises(ItemBroken):
            read_item(io.BytesIO(broken), io.BytesIO(), key=key)
    with pytest.raises(ItemBroken):
        read_item(io.BytesIO(stored), io.BytesIO(), key=ItemKey.generate())


def test_a_stored_item_cannot_lose_a_chunk_at_a_border() -> None:
    key = ItemKey.generate()
    stored = stored_item(b"x" * 200_000, key=key)
    border = 7 + 65_536 + 16

    with pytest.raises(ItemBroken):
        read_item(io.BytesIO(stored[:border]), io.BytesIO(), key=key)
    assert "hidden" in repr(key)
