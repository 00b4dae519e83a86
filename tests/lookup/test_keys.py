"""The epochs' keys: handed over by the desk alone, sealed on the disk, wiped after rotation."""

import hashlib
import os
import secrets
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.client.lookup import look_up
from oberih.core.time import now
from oberih.crypto import courier_requests as signing
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.lookup.credential import (
    BadServiceKey,
    KeyPlaces,
    ServiceKey,
    WrongServiceKey,
    read_service_key,
)
from oberih.lookup.epoch_keys import EpochKey, EpochKeys
from oberih.lookup.refusals import EpochOver, Fenced, NotReady, OtherKey, UnknownEpoch
from tests.lookup.conftest import Place, data_of, fed
from tests.lookup.watching import KEY_PATH, REPORTED

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SERVICE = ServiceKey(b"\x05" * 32)


def drawn(epoch: int, *, days: int = 30) -> EpochKey:
    secret = EvaluationKey.generate(mode=Mode.VOPRF).secret
    return EpochKey(epoch, secret, NOON + timedelta(days=days))


@pytest.fixture
def keys(tmp_path: Path) -> EpochKeys:
    return EpochKeys(tmp_path / "keys", service_key=SERVICE)


def test_the_epoch_before_answers_for_48_hours_and_is_then_wiped(
    keys: EpochKeys, tmp_path: Path
) -> None:
    keys.keep(drawn(1), now=NOON)
    keys.keep(drawn(2), now=NOON)

    assert keys.wipe_due(now=NOON + 48 * HOUR) == 0
    assert keys.key(1, now=NOON + 48 * HOUR)
    assert keys.wipe_due(now=NOON + 49 * HOUR) == 1
    assert [path.name for path in (tmp_path / "keys").glob("*.key")] == ["2.key"]
    with pytest.raises(UnknownEpoch):
        keys.key(1, now=NOON + 49 * HOUR)


def test_a_key_whose_time_is_over_does_not_answer_even_before_it_is_wiped(keys: EpochKeys) -> None:
    keys.keep(drawn(1, days=1), now=NOON)

    with pytest.raises(UnknownEpoch):
        keys.key(1, now=NOON + 25 * HOUR)


def test_a_wiped_epoch_never_comes_back(keys: EpochKeys) -> None:
    old = drawn(1)
    keys.keep(old, now=NOON)
    keys.keep(drawn(2), now=NOON)
    keys.wipe_due(now=NOON + 49 * HOUR)

    with pytest.raises(EpochOver):
        keys.keep(old, now=NOON + 49 * HOUR)


def test_one_epoch_has_one_key_which_may_be_handed_over_again(keys: EpochKeys) -> None:
    key = drawn(1)

    assert keys.keep(key, now=NOON) == keys.keep(key, now=NOON)
    with pytest.raises(OtherKey):
        keys.keep(drawn(1), now=NOON)


def test_a_lower_fence_is_refused_also_after_a_restart(tmp_path: Path) -> None:
    EpochKeys(tmp_path, service_key=SERVICE).raise_fence(7)

    with pytest.raises(Fenced):
        EpochKeys(tmp_path, service_key=SERVICE).raise_fence(6)


def test_without_any_key_it_is_not_ready(keys: EpochKeys) -> None:
    with pytest.raises(NotReady):
        keys.key(1, now=NOON)


def test_keys_lie_on_the_disk_only_sealed(keys: EpochKeys, tmp_path: Path) -> None:
    key = drawn(1)
    keys.keep(key, now=NOON)

    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]

    assert not any(key.secret in one or key.secret.hex().encode() in one for one in files)
    assert key.secret.hex() not in repr(key)


def test_another_service_key_opens_nothing(keys: EpochKeys, tmp_path: Path) -> None:
    keys.keep(drawn(1), now=NOON)
    other = EpochKeys(tmp_path / "keys", service_key=ServiceKey(b"\x06" * 32))

    with pytest.raises(WrongServiceKey):
        other.key(1, now=NOON)


def test_the_service_key_comes_from_a_descriptor_a_credential_or_its_file(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"\x05" * 32)
    os.close(writing)
    (tmp_path / "oberih-lookup-key").write_text("05" * 32 + "\n")
    sealed = SERVICE.seal(b"key", label=b"")
    places = [KeyPlaces(reading, None, tmp_path), KeyPlaces(None, tmp_path, tmp_path / "own")]

    opened = [read_service_key(one).open(sealed, label=b"") for one in places]
    read_service_key(KeyPlaces(None, None, tmp_path / "own"))

    assert opened == [b"key", b"key"]
    assert (tmp_path / "own" / "service.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 33, b"zz" * 32])
def test_an_odd_service_key_stops_the_start(key: bytes) -> None:
    with pytest.raises(BadServiceKey):
        ServiceKey(key)


def test_a_killed_look_up_answers_again_with_the_desk_off(place: Place) -> None:
    fed(place)
    place.courier.stop()
    place.lookup.stop(by=signal.SIGKILL)
    place.lookup.start()

    (answer,) = look_up([REPORTED], front=place.client())
    place.courier.start()

    assert answer.outcome.value == "reported"


def test_a_running_look_up_wipes_nothing_early_and_keeps_two_epochs(place: Place) -> None:
    first, second = fed(place), fed(place)

    there = {path.stem for path in (data_of(place) / "keys").glob("*.key")}

    assert {str(first.epoch), str(second.epoch)} <= there


def call(place: Place, *, key: Ed25519PrivateKey, at: datetime, nonce: str) -> httpx.Response:
    body = fed(place).handed()
    digest = hashlib.sha256(body).hexdigest()
    seconds = int(at.timestamp())
    request = signing.CourierRequest("POST", KEY_PATH, digest, seconds, nonce, fence=1)
    headers = {
        signing.TIME_HEADER: str(request.time),
        signing.NONCE_HEADER: nonce,
        signing.FENCE_HEADER: "1",
        signing.SIGNATURE_HEADER: signing.sign_request(request, key=key),
    }
    return httpx.post(place.courier.address + KEY_PATH, content=body, headers=headers)


def test_only_the_desk_hands_keys_over(place: Place) -> None:
    nonce = secrets.token_hex(16)
    own = place.operator.courier

    assert call(place, key=own, at=now(), nonce=nonce).status_code == 201
    assert call(place, key=own, at=now(), nonce=nonce).status_code == 401
    other = Ed25519PrivateKey.generate()
    assert call(place, key=other, at=now(), nonce="0" * 32).status_code == 401
    late = now() - timedelta(hours=26)
    assert call(place, key=own, at=late, nonce="1" * 32).status_code == 401


def test_the_public_listener_takes_no_keys(place: Place) -> None:
    assert httpx.post(place.lookup.address + KEY_PATH, content=b"{}").status_code == 404
