"""Promises of the ring: locked is locked, three tries, no raw key, nobody else."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running_ring import WORDS, RunningRing, wait_for

from oberih.core import canonical, time
from oberih.core.time import Epoch, epoch_of
from oberih.crypto.courier_requests import CourierRequest
from oberih.keys.client import Ring, RingAway
from oberih.keys.epochs import EpochStillOpen, NoSuchEpoch
from oberih.keys.making import (
    Places,
    database_key,
    delegated_until,
    make_keys,
    renew_delegations,
)
from oberih.keys.opened import open_ring
from oberih.keys.passphrase import EmptyPassphrase, NoPassphrase, Passphrase, generate, obtain
from oberih.keys.refusals import Locked, NotTheSupervisor, TriesUsedUp
from oberih.keys.vault import (
    KeyFileBroken,
    KeysExist,
    MasterKey,
    NoKeys,
    NoSuchSecret,
    Vault,
    WrongPassphrase,
)
from oberih.system.frames import BrokenFrame, Frame, receive, send

OPERATIONS = [
    "open-envelope",
    "open-attachment",
    "wrap",
    "reply",
    "sign",
    "sign-head",
    "log-size",
    "sign-courier",
    "recipients",
    "destroy-epoch",
    "database-key",
    "unknown",
]
Start = Callable[[datetime], RunningRing]
NOW = time.now()
WRONG = Passphrase("these are not the seven right words")
REQUEST = CourierRequest("POST", "/api/courier/collect", "0" * 64, 1, "0" * 32, 1)


def test_a_locked_ring_opens_nothing_and_signs_nothing(start_ring: Start) -> None:
    client = start_ring(NOW).client

    for use in (
        lambda: client.open_envelope(b"x" * 16_384),
        lambda: client.sign_courier(REQUEST),
        lambda: client.recipients(4),
        lambda: client.wrap(b"m" * 32, mailbox="0" * 64),  # type: ignore[arg-type]
        client.database_key,
    ):
        with pytest.raises(Locked):
            use()


def test_a_ring_can_be_locked_again(ring: RunningRing) -> None:
    ring.client.lock()

    assert not ring.client.status().is_unlocked
    with pytest.raises(Locked):
        ring.client.sign_courier(REQUEST)


def test_the_status_says_which_weeks_can_be_opened(ring: RunningRing) -> None:
    this_week = epoch_of(time.now().date())

    status = ring.client.status()
    assert status.is_unlocked
    assert status.epochs == tuple(range(this_week, this_week + 5))


def test_the_status_says_when_the_offline_root_is_needed_again(start_ring: Start) -> None:
    status = start_ring(NOW).client.status()

    assert status.delegated_until
    assert timedelta(days=364) < status.delegated_until - NOW < timedelta(days=366)


def test_a_delegation_that_ran_out_or_was_changed_counts_as_none(tmp_path: Path) -> None:
    places = Places(tmp_path / "keys", tmp_path / "root")
    make_keys(places, passphrase=Passphrase(WORDS), now=NOW)
    note = places.keys / "delegations.note"

    assert delegated_until(places.keys, now=NOW + timedelta(days=400)) == 0
    note.write_bytes(note.read_bytes().replace(b"alerts", b"alertz"))
    assert delegated_until(places.keys, now=NOW) == 0


def test_three_wrong_passphrases_end_the_ring_and_each_takes_longer(start_ring: Start) -> None:
    running = start_ring(NOW)
    for refusal in (WrongPassphrase, WrongPassphrase, TriesUsedUp):
        with pytest.raises(refusal):
            running.client.unlock(WRONG)

    assert running.pauses == [1.0, 2.0]
    wait_for(lambda: not running.keys.parent.joinpath("run", "ring.sock").exists())
    with pytest.raises(RingAway):
        running.client.status()


def test_a_right_passphrase_forgets_the_wrong_ones(start_ring: Start) -> None:
    running = start_ring(NOW)
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            running.client.unlock(WRONG)
        running.client.unlock(running.passphrase)
        running.client.lock()

    assert running.pauses == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "spelling",
    [WORDS.upper(), f"  {WORDS}  ", WORDS.replace(" ", "\t "), WORDS.replace("a", "ａ")],
)
def test_the_words_may_be_typed_in_any_spelling(tmp_path: Path, spelling: str) -> None:
    places = Places(tmp_path / "keys", tmp_path / "root")
    make_keys(places, passphrase=Passphrase(WORDS), now=NOW)

    assert len(database_key(places.keys, passphrase=Passphrase(spelling))) == 32


def test_the_database_key_goes_to_nobody_but_the_process_that_started_the_ring(
    ring: RunningRing,
) -> None:
    at = ring.keys.parent / "run" / "ring.sock"
    code = (
        "import sys; from pathlib import Path; from oberih.keys.client import Ring\n"
        "ring = Ring(Path(sys.argv[1])); ring.status(); ring.database_key()"
    )
    asked = subprocess.run(  # noqa: S603  # our own fixed command
        [sys.executable, "-c", code, str(at)], capture_output=True, text=True, check=False
    )

    assert NotTheSupervisor.__name__ in asked.stderr
    assert len(ring.client.database_key()) == 32


def test_keys_are_never_made_twice(tmp_path: Path) -> None:
    places = Places(tmp_path / "keys", tmp_path / "root")
    make_keys(places, passphrase=Passphrase(WORDS), now=NOW)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    with pytest.raises(KeysExist):
        make_keys(places, passphrase=WRONG, now=NOW)
    assert {path: path.read_bytes() for path in before} == before


def test_without_keys_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoKeys):
        open_ring(tmp_path, passphrase=Passphrase(WORDS), clock=lambda: NOW)


def test_every_file_of_the_ring_is_for_its_owner_alone(ring: RunningRing) -> None:
    secret = [path for path in ring.keys.rglob("*") if path.suffix not in {".pub", ".note"}]

    assert all(path.stat().st_mode & 0o077 == 0 for path in secret)


def test_a_key_file_cannot_stand_in_for_another(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path, passphrase=Passphrase(WORDS))
    vault.put("secrets/one", secret=b"1")
    (tmp_path / "secrets" / "two").write_bytes((tmp_path / "secrets" / "one").read_bytes())

    with pytest.raises(KeyFileBroken):
        vault.take("secrets/two")
    with pytest.raises(NoSuchSecret):
        vault.take("secrets/three")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"v":2}', b"\xff", b"null"])
def test_a_damaged_vault_is_said_so(tmp_path: Path, content: bytes) -> None:
    Vault.create(tmp_path, passphrase=Passphrase(WORDS))
    (tmp_path / "vault.json").write_bytes(content)

    with pytest.raises(KeyFileBroken):
        Vault.open(tmp_path, passphrase=Passphrase(WORDS))


def test_no_secret_shows_itself(tmp_path: Path) -> None:
    words = Passphrase(WORDS)
    opened = Vault.create(tmp_path, passphrase=words)
    frame = Frame({"op": "unlock"}, words.octets)
    shown = f"{words!r} {words} {opened!r} {MasterKey(b'sesame' * 4)!r} {frame!r}"

    assert "river" not in shown
    assert "sesame" not in shown


def test_a_week_is_never_derived_from_another(start_ring: Start) -> None:
    running = start_ring(NOW)
    running.client.unlock(running.passphrase)

    files = list((running.keys / "epochs").iterdir())
    assert len({path.read_bytes() for path in files}) == 5
    vault = Vault.open(running.keys, passphrase=running.passphrase)
    assert len({vault.take(f"epochs/{path.name}") for path in files}) == 5


def test_a_week_is_destroyed_only_when_it_is_over_and_drained(start_ring: Start) -> None:
    running = start_ring(NOW - timedelta(weeks=9))
    running.client.unlock(running.passphrase)
    oldest = running.client.status().epochs[0]
    with pytest.raises(EpochStillOpen):
        running.client.destroy_epoch(oldest)

    later = open_ring(running.keys, passphrase=running.passphrase, clock=lambda: NOW)
    later.destroy_epoch(oldest)
    assert not (running.keys / "epochs" / str(oldest)).exists()
    with pytest.raises(NoSuchEpoch):
        later.epochs.identity(oldest)


def test_the_clock_alone_destroys_no_week(start_ring: Start) -> None:
    running = start_ring(NOW - timedelta(weeks=52))
    running.client.unlock(running.passphrase)
    held = running.client.status().epochs

    later = open_ring(running.keys, passphrase=running.passphrase, clock=lambda: NOW)
    assert set(held) <= set(later.epochs.held())
    with pytest.raises(NoSuchEpoch):
        later.epochs.identity(Epoch(held[0] - 1))


def test_the_root_can_delegate_for_another_year(tmp_path: Path) -> None:
    places = Places(tmp_path / "keys", tmp_path / "root")
    make_keys(places, passphrase=Passphrase(WORDS), now=NOW - timedelta(days=360))
    before = (places.keys / "delegations.note").read_bytes()
    renew_delegations(places, passphrase=Passphrase(WORDS), now=NOW)

    assert (places.keys / "delegations.note").read_bytes() != before


def test_a_passphrase_comes_from_a_descriptor_a_credential_or_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.write(writing, WORDS.encode() + b"\n")
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "oberih-passphrase").write_text(WORDS)

    assert obtain(reading, directory=tmp_path).octets == WORDS.encode()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert obtain(None, directory=tmp_path).octets == WORDS.encode()


def test_without_a_passphrase_the_keys_stay_locked(tmp_path: Path) -> None:
    with pytest.raises(NoPassphrase):
        obtain(None, directory=tmp_path)
    with pytest.raises(NoPassphrase):
        obtain(999, directory=tmp_path)
    with pytest.raises(EmptyPassphrase):
        Passphrase("  \n")


@pytest.mark.parametrize("language", ["uk", "en"])
def test_a_generated_passphrase_has_seven_words_of_2048(language: str) -> None:
    words = generate(language).split()

    assert len(words) == 7
    assert generate(language) != " ".join(words)
    assert (
        generate(language, choose=lambda size: size - 1).split()
        == [generate(language, choose=lambda size: size - 1).split()[0]] * 7
    )


def connected(ring: RunningRing) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(10)
    connection.connect(str(ring.keys.parent / "run" / "ring.sock"))
    return connection


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\0",
        b"\0\0\0\2\0\0\0\0{}",
        b"\0\0\0\2\0\0\0\0[]",
        b"\0\0\0\7\0\0\0\0\xff\xff\xff\xff\xff\xff\xff",
        b"\xff\xff\xff\xff\0\0\0\0",
        b"\0\0\0\2\xff\xff\xff\xff{}",
        b"\0\0\0\7\0\0\0\0" + b'{"v":2}',
        b"\0\0\0\7\0\0\0\0" + b'{"v":1}',
        b"\0\0\0\x40\0\0\0\x40" + b'{"op":"status","v":1}',
    ],
)
def test_a_broken_frame_is_refused_and_the_ring_goes_on(ring: RunningRing, sent: bytes) -> None:
    with connected(ring) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert receive(connection).header["error"] == BrokenFrame.__name__

    assert ring.client.status().is_unlocked


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    operation=st.sampled_from(OPERATIONS),
    fields=st.dictionaries(
        st.sampled_from(["epoch", "mailbox", "wrapped", "recipient", "purpose", "weeks", "path"]),
        st.none() | st.booleans() | st.integers(-5, 1 << 40) | st.text(max_size=20),
    ),
    body=st.binary(max_size=200),
)
def test_no_frame_brings_the_ring_down(
    ring: RunningRing, operation: str, fields: dict[str, object], body: bytes
) -> None:
    header = {**fields, "op": operation}
    try:
        canonical.encode(header)  # type: ignore[arg-type]
    except canonical.NotCanonical:
        return
    with connected(ring) as connection:
        send(connection, Frame(header, body))  # type: ignore[arg-type]
        answer = receive(connection)

    assert answer.header.get("error") != "RingFailed"
    assert ring.client.status().is_unlocked


def test_an_unlocked_ring_stays_small_when_callers_send_open_files(ring: RunningRing) -> None:
    before = open_files()
    for _ in range(50):
        with connected(ring) as connection, Path("/dev/null").open() as null:
            send(connection, Frame({"op": "status"}, files=(null.fileno(), null.fileno())))
            receive(connection)

    wait_for(lambda: open_files() <= before + 2)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_two_rings_never_answer_on_one_socket(ring: RunningRing) -> None:
    code = (
        "import sys; from pathlib import Path; from oberih.keys.ring import serve\n"
        "serve(Path(sys.argv[1]), at=Path(sys.argv[2]))"
    )
    at = ring.keys.parent / "run" / "ring.sock"
    second = subprocess.run(  # noqa: S603  # our own fixed command
        [sys.executable, "-c", code, str(ring.keys), str(at)],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )

    assert "SocketInUse" in second.stderr
    assert Ring(at).status().is_unlocked


def test_random_bytes_are_not_a_key(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path, passphrase=Passphrase(WORDS))
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "one").write_bytes(secrets.token_bytes(64))

    with pytest.raises(KeyFileBroken):
        vault.take("secrets/one")
