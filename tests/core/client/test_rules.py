"""Published rules are used only when they are signed, in date, whole and not older than our own."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.check.edition import Edition, own_edition
from oberih.check.rules import ARTEFACT, UnknownRules
from oberih.client.rules import Notes, OldRules, OtherRules, Published, read_note, read_rules
from oberih.core.errors import Refused
from oberih.crypto import notes, trust
from oberih.crypto.notes import BadSignature, Document, Expired, Purpose, WrongPurpose

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROOT, KEY, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([one]) * 32) for one in (1, 2, 3))
RULES = ARTEFACT.read_bytes()
OWN = Edition(4)


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def read(*, edition: int = 5, key: Ed25519PrivateKey = KEY, days: int = 30) -> Published:
    """Return what a note says on a day after it was signed."""
    keys = {Purpose.RULES: public(KEY), Purpose.ALERTS: public(KEY)}
    delegated = trust.Delegations(1, NOW + timedelta(days=300), keys)
    root = notes.sign(trust.delegations_document(delegated, not_before=NOW), key=ROOT)
    note = notes.sign(written(edition), key=key)
    at = NOW + timedelta(days=days)
    return read_note(Notes(note, root), root=public(ROOT), own=OWN, now=at)


def written(edition: int, *, purpose: Purpose = Purpose.RULES) -> Document:
    digest = sha256(RULES).hexdigest()
    return Document(purpose, edition, NOW, NOW + timedelta(days=62), {"sha256": digest})


def test_newer_rules_are_used_as_signed() -> None:
    published = read(edition=5)

    assert published.path == "rules/5.json"
    assert read_rules(RULES, published=published).frames


def test_the_same_edition_is_no_older_one() -> None:
    assert read(edition=OWN).edition == OWN


def test_rules_older_than_our_own_are_refused() -> None:
    with pytest.raises(OldRules):
        read(edition=3)


def test_rules_that_another_key_signed_are_refused() -> None:
    with pytest.raises(BadSignature):
        read(key=STRANGER)


def test_rules_out_of_date_are_refused() -> None:
    with pytest.raises(Expired):
        read(days=63)


def test_a_note_for_another_purpose_is_no_note_on_rules() -> None:
    delegated = trust.Delegations(1, NOW + timedelta(days=9), {Purpose.RULES: public(KEY)})
    root = notes.sign(trust.delegations_document(delegated, not_before=NOW), key=ROOT)
    warning = notes.sign(written(5, purpose=Purpose.ALERTS), key=KEY)

    with pytest.raises(WrongPurpose):
        read_note(Notes(warning, root), root=public(ROOT), own=OWN, now=NOW)


@pytest.mark.parametrize("content", [RULES[:-1], b"", RULES + b" "])
def test_rules_cut_off_or_changed_are_refused(content: bytes) -> None:
    published = read()

    with pytest.raises(OtherRules):
        read_rules(content, published=published)


def test_signed_rules_of_a_version_unknown_here_are_refused() -> None:
    published = Published(Edition(5), sha256(b'{"v": 3}').hexdigest(), NOW)

    with pytest.raises(UnknownRules):
        read_rules(b'{"v": 3}', published=published)


@pytest.mark.parametrize("refusal", [OldRules, OtherRules])
def test_a_refusal_says_what_goes_on(refusal: type[Refused]) -> None:
    assert "its own" in str(refusal())


def test_the_program_knows_its_own_edition() -> None:
    assert own_edition() >= 1
