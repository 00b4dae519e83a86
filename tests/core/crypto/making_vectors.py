"""Make the vectors of the formats: run `python tests/core/crypto/making_vectors.py`.

Everything but envelopes (their sealing is random) comes out the same each time; a test compares.
"""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.core import canonical
from oberih.core.time import Epoch
from oberih.crypto import envelope, notes
from oberih.crypto.age import Identity
from oberih.crypto.bodies import Attachment, Received, ReplyBody, ReplyKind
from oberih.crypto.marker import Position, seal_marker
from oberih.crypto.message import (
    Place,
    ReplyMessage,
    ReportBody,
    ReportKind,
    ReportMessage,
    Tongue,
    authenticate_reply,
    sign_report,
)
from oberih.crypto.notes import Document, Purpose
from oberih.crypto.receipt import Receipt, ReporterKeys

FOLDER = Path(__file__).parents[3] / "vectors"
DESK = Identity.from_seed(sha256(b"the desk of the vectors").digest())
DAY = date(2026, 11, 21)
EPOCH = Epoch(2967)
IKMS = [
    bytes(13),
    b"\x7f" + b"\xff" * 12,
    *(b"\x00" + sha256(bytes([number])).digest()[:12] for number in range(4)),
    b"\x55" + sha256(b"fifth").digest()[:12],
]


def receipts() -> dict[str, Any]:
    """Return receipts with every derived key, and readings as people type them."""
    return {
        "lists": {name: _list_hash(name) for name in ("uk", "en")},
        "receipts": [_receipt(ikm) for ikm in IKMS],
        "readings": readings(Receipt(IKMS[3], "uk")),
    }


def readings(receipt: Receipt) -> list[dict[str, Any]]:
    """Return texts with the bits they mean, or with the error and position they give."""
    uk, en = receipt.words("uk"), receipt.words("en")
    numbered = "\n".join(f"{number}. {word}" for number, word in enumerate(uk, start=1))
    russian_keys = " ".join(uk).replace("і", "и").replace("є", "э").replace("ї", "ы")
    good = [
        " ".join(uk),
        " ".join(en),
        " ".join(en).upper(),
        ", ".join(uk).title(),
        numbered,
        russian_keys,
        " ".join(uk).replace("о", "o").replace("а", "a").replace("е", "e"),
        "  " + "\u00a0".join(en) + ".\r\n",
        " ".join(uk).replace("й", "и\u0306").replace("ї", "і\u0308"),
        "\u200b" + " - ".join(f"«{word}»" for word in uk) + "\ufeff",
        " ".join(word[0] + "\u2019" + word[1:] for word in uk),
    ]
    wrong = [*uk[:4], uk[5], uk[4], *uk[6:]]
    return [
        *({"text": text, "ikm": receipt.ikm.hex()} for text in good),
        {"text": " ".join(uk[:9]), "error": "word-count", "position": 9},
        {"text": " ".join([*uk, uk[0]]), "error": "word-count", "position": 11},
        {"text": "", "error": "word-count", "position": 0},
        {
            "text": " ".join([*uk[:6], "абракадабра", *uk[7:]]),
            "error": "unknown-word",
            "position": 7,
        },
        {"text": " ".join([*en[:9], "qqqq"]), "error": "unknown-word", "position": 10},
        {"text": " ".join([*uk[:2], en[2], *uk[3:]]), "error": "unknown-word", "position": 3},
        {"text": " ".join(wrong), "error": "wrong-word", "position": 0},
    ]


def messages() -> dict[str, Any]:
    """Return inner messages of both directions, byte for byte, and ones that must be refused."""
    keys = Receipt(IKMS[2]).derive()
    reports = [_report(place, body, keys) for place, body in _reports(keys)]
    replies = [_reply(place, body, keys) for place, body in _replies(keys)]
    return {
        "ikm": IKMS[2].hex(),
        "reports": reports,
        "replies": replies,
        "refused_replies": [
            {"why": why, "inner": inner}
            for why, inner in _refused_replies(replies[0]["inner"], keys)
        ],
    }


def envelopes() -> dict[str, Any]:
    """Return sealed envelopes with what opens them."""
    keys = Receipt(IKMS[2]).derive()
    (place, body), (reply_place, reply_body) = _reports(keys)[0], _replies(keys)[0]
    report = ReportMessage(place, body, keys.first)
    reply = ReplyMessage(reply_place, reply_body)
    marker = seal_marker(
        Position(place.sequence, report.digest), key=keys.marker, header=report.header
    )
    inner = sign_report(report, key=keys.signing)
    sealed = envelope.seal_envelope(inner, header=report.header, to=DESK.recipient, marker=marker)
    answer = authenticate_reply(reply, mac_key=keys.mac)
    sealed_answer = envelope.seal_envelope(answer, header=reply.header, to=keys.identity.recipient)
    return {
        "ikm": IKMS[2].hex(),
        "desk": DESK.secret_text(),
        "report": {"envelope": _b64(sealed), "inner": inner.decode(), "digest": report.digest},
        "reply": {"envelope": _b64(sealed_answer), "inner": answer.decode()},
    }


def notes_() -> dict[str, Any]:
    """Return signed notes that verify, and ones that must be refused with their reason."""
    good = [_note(purpose) for purpose in Purpose]
    return {"good": good, "refused": list(_refused_notes(good[1]))}


def _receipt(ikm: bytes) -> dict[str, Any]:
    receipt = Receipt(ikm)
    keys = receipt.derive()
    return {
        "ikm": ikm.hex(),
        "uk": " ".join(receipt.words("uk")),
        "en": " ".join(receipt.words("en")),
        "token": keys.token.hex(),
        "identity": keys.identity.secret_text(),
        "recipient": str(keys.identity.recipient),
        "signing": keys.signing.private_bytes_raw().hex(),
        "verify": keys.first.verify.hex(),
        "mac": keys.mac.hex(),
        "marker": keys.marker.hex(),
        "mailbox": keys.mailbox,
    }


def _list_hash(name: str) -> str:
    place = FOLDER.parent / "src" / "oberih" / "crypto" / "words" / f"{name}.txt"
    return sha256(place.read_bytes()).hexdigest()


def _reports(keys: ReporterKeys) -> list[tuple[Place, ReportBody]]:
    photo = Attachment("a1" * 32, "фото 🙂.jpg", "image/jpeg", 12_345, "b2" * 32, 1)
    first = Place(keys.mailbox, EPOCH, 1, "", 0, DAY)
    later = Place(keys.mailbox, EPOCH, 7, "c3" * 32, 2, DAY, "d4" * 32)
    lost = Place(keys.mailbox, EPOCH, 207_780_001, "", 0, DAY)
    other = Receipt(IKMS[3]).derive().mailbox
    return [
        (
            first,
            ReportBody(text='Привіт, "є" питання:\n\tщо робити? \\ 🙂 \x7f', attachments=(photo,)),
        ),
        (later, ReportBody(kind=ReportKind.NOTE, text="note", language=Tongue.EN, region="UA-63")),
        (lost, ReportBody(kind=ReportKind.STOP_WRITING, under18=True, not_alone=True)),
        (later, ReportBody(kind=ReportKind.MOVE, move_to=other)),
        (
            later,
            ReportBody(
                text="2", part=2, parts=3, chat_part='{"format', answers={"b": True, "a": False}
            ),
        ),
    ]


def _replies(keys: ReporterKeys) -> list[tuple[Place, ReplyBody]]:
    first = Place(keys.mailbox, EPOCH, 1, "", 1, DAY, "e5" * 32)
    later = Place(keys.mailbox, Epoch(2968), 2, "f6" * 32, 2, DAY + timedelta(days=9))
    received = (Received(1, DAY), Received(2, DAY))
    return [
        (first, ReplyBody(text="Ми з вами. Не переказуйте грошей 🙂.")),
        (later, ReplyBody(kind=ReplyKind.RECEIVED, received=received)),
        (later, ReplyBody(kind=ReplyKind.STATUS, text="x", part=2, parts=2)),
    ]


def _report(place: Place, body: ReportBody, keys: ReporterKeys) -> dict[str, Any]:
    message = ReportMessage(place, body, None if place.previous else keys.first)
    inner = sign_report(message, key=keys.signing)
    parsed: dict[str, Any] = json.loads(inner)["message"]
    names = ("mailbox", "epoch", "sequence", "previous", "seen", "seen_digest", "day")
    return {
        "place": {name: parsed[name] for name in names},
        "body": parsed["body"],
        "inner": inner.decode(),
        "digest": message.digest,
    }


def _reply(place: Place, body: ReplyBody, keys: ReporterKeys) -> dict[str, Any]:
    message = ReplyMessage(place, body)
    inner = authenticate_reply(message, mac_key=keys.mac)
    return {
        "inner": inner.decode(),
        "digest": message.digest,
        "body": json.loads(inner)["message"]["body"],
    }


def _refused_replies(inner: str, keys: ReporterKeys) -> list[tuple[str, str]]:
    message = json.loads(inner)["message"]
    odd = {
        "unknown version": {**message, "v": 2},
        "other protocol": {**message, "protocol": "other"},
        "other direction": {**message, "direction": "report"},
        "unknown field": {**message, "extra": 1},
        "sequence zero": {**message, "sequence": 0},
        "sequence too large": {**message, "sequence": 2**31},
        "day that does not exist": {**message, "day": "2026-02-30"},
        "part above parts": {**message, "body": {**message["body"], "part": 2}},
        "unknown kind": {**message, "body": {**message["body"], "kind": "order"}},
        "text is a number": {**message, "body": {**message["body"], "text": 5}},
    }
    return [
        ("bit flipped in the text", inner.replace("Ми", "Мі")),
        ("spaces", inner.replace(":", ": ", 1)),
        ("doubled field", inner.replace('{"mac"', '{"mac":"","mac"', 1)),
        ("not JSON", inner[:-1]),
        ("nested deeply", "[" * 14_000),
        ("mac missing", canonical.encode({"message": message}).decode()),
        *((why, _authenticated(changed, keys)) for why, changed in odd.items()),
    ]


def _authenticated(message: dict[str, Any], keys: ReporterKeys) -> str:
    import hmac  # noqa: PLC0415  # here alone something odd is authenticated

    tag = hmac.digest(keys.mac, b"oberih/1/reply\0" + canonical.encode(message), "sha256")
    return canonical.encode({"message": message, "mac": tag.hex()}).decode()


def _signer(purpose: Purpose) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(purpose.value.encode()).digest())


def _note(purpose: Purpose, *, version: int = 1) -> dict[str, Any]:
    start = datetime(2026, 11, 15, tzinfo=UTC)
    body: Any = {"hello": "вітаю"}
    if purpose is Purpose.RECIPIENTS:
        body = {"epoch": EPOCH, "recipient": str(DESK.recipient)}
    if purpose is Purpose.DELEGATIONS:
        delegated = [one for one in Purpose if one is not Purpose.DELEGATIONS]
        body = {"keys": {one.value: _public(one) for one in delegated}}
    document = Document(purpose, int(EPOCH), start, start + timedelta(days=9), body)
    return {
        "note": notes.sign(document, key=_signer(purpose)).decode(),
        "key": _public(purpose),
        "purpose": purpose.value,
        "now": "2026-11-21T12:00:00Z",
        "sequence": int(EPOCH) * version,
    }


def _public(purpose: Purpose) -> str:
    return _signer(purpose).public_key().public_bytes_raw().hex()


def _refused_notes(good: dict[str, Any]) -> list[dict[str, Any]]:
    note: str = good["note"]
    text, line = note.split("\n\n")
    dash, name, signature = line[:-1].split(" ")
    flipped = base64.b64decode(signature)[:-1] + bytes([base64.b64decode(signature)[-1] ^ 1])
    other = _note(Purpose.ALERTS)
    resigned = _resigned(text.replace('"v":1', '"v":2'))
    changes: list[tuple[str, dict[str, Any]]] = [
        ("signature", {"note": text + "\n\n"}),
        ("malformed", {"note": text + "\n"}),
        ("signature", {"note": note + line}),
        ("signature", {"note": note[:-1]}),
        ("signature", {"note": note.replace('"sequence":2967', '"sequence":2968')}),
        ("signature", {"note": f"{text}\n\n{dash} {name} {_b64(flipped)}\n"}),
        ("signature", {"note": f"{text}\n\n{dash} {name} {signature}=\n"}),
        ("signature", {"note": f"{text}\n\n- {name} {signature}\n"}),
        ("purpose", {"note": f"{text}\n\n{dash} oberih/alerts {signature}\n"}),
        ("signature", {"key": other["key"]}),
        ("purpose", {"purpose": "alerts", "key": other["key"]}),
        ("expired", {"now": "2026-11-24T00:00:01Z"}),
        ("not-yet", {"now": "2026-11-14T23:59:59Z"}),
        ("version", {"note": resigned}),
        ("malformed", {"note": _resigned(text.replace('"v":1', '"v":1,"w":1'))}),
        ("malformed", {"note": _resigned(text.replace("T00:00:00Z", "T00:00:00+00:00"))}),
        ("malformed", {"note": _resigned(text.replace('"sequence":2967', '"sequence":-1'))}),
        (
            "purpose",
            {"note": _resigned(text.replace('"purpose":"recipients"', '"purpose":"alerts"'))},
        ),
    ]
    return [{**good, **change, "error": error} for error, change in changes]


def _resigned(text: str) -> str:
    content = text.encode() + b"\n"
    key = _signer(Purpose.RECIPIENTS)
    name_and_key = b"oberih/recipients\n\x01" + key.public_key().public_bytes_raw()
    signed = sha256(name_and_key).digest()[:4] + key.sign(content)
    return f"{content.decode()}\n\u2014 oberih/recipients {_b64(signed)}\n"


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


REPEATABLE = {"receipts": receipts, "messages": messages, "notes": notes_}


def main() -> None:
    """Write the four files."""
    for name, make in {**REPEATABLE, "envelopes": envelopes}.items():
        place = FOLDER / f"{name}.json"
        place.write_text(json.dumps(make(), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
