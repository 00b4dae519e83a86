"""Promises of `oberih alerts verify`: forged, expired, replayed and withheld alerts are noticed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from desk_cast import Desk
from running_ring import RunningRing

from oberih.alerts import services
from oberih.alerts.services import Draft, Grounds, Words
from oberih.alerts.states import AlertId, Basis
from oberih.cli.main import main
from oberih.desk import alerting
from oberih.desk.alerting import ReleaseAnswer
from oberih.staff.models import Member

pytestmark = pytest.mark.django_db
WORDS = {
    "uk": Words("Просять знімки", "Обіцяють лист.", "Не робіть."),
    "en": Words("They ask for photos", "They promise a letter.", "Do not do it."),
}
YES = ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)


@pytest.fixture
def shown(
    desk: Desk, officer: Member, lead: Member, tmp_path: Path
) -> tuple[AlertId, Callable[[], Path]]:
    """Release an alert; return it and a function that writes all that is published."""
    grounds = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
    alert = alerting.draft(Draft(WORDS, grounds), by=officer, now=desk.now, entropy=os.urandom)
    alerting.approve(alert, answer=YES, by=lead, now=desk.now)

    return alert, lambda: desk.turn_into(tmp_path)


def verify(path: Path, ring: RunningRing, *words: str) -> int:
    return main(["alerts", "verify", str(path), "--root", str(ring.keys / "root.pub"), *words])


@pytest.mark.parametrize("name", ["{}.note", "{}.xml"])
def test_a_genuine_alert_and_its_cap_file_are_accepted(
    shown: tuple[AlertId, Callable[[], Path]], ring: RunningRing, name: str
) -> None:
    alert, write = shown

    assert verify(write() / "alerts" / name.format(alert), ring) == 0


@pytest.mark.parametrize("name", ["alerts.json", "alerts.atom", "alerts.feed.json"])
def test_the_list_and_the_feeds_are_accepted(
    shown: tuple[AlertId, Callable[[], Path]], ring: RunningRing, name: str
) -> None:
    assert verify(shown[1]() / name, ring) == 0


@pytest.mark.parametrize("name", ["alerts/{}.note", "alerts/{}.xml", "alerts.atom"])
def test_what_was_changed_is_refused(
    shown: tuple[AlertId, Callable[[], Path]], ring: RunningRing, name: str
) -> None:
    alert, write = shown
    path = write() / name.format(alert)

    path.write_bytes(path.read_bytes().replace(b"photos", b"money!"))

    assert verify(path, ring) == 1


def test_an_old_state_shown_again_is_refused(
    shown: tuple[AlertId, Callable[[], Path]], ring: RunningRing, lead: Member, desk: Desk
) -> None:
    alert, write = shown
    note = write() / "alerts" / f"{alert}.note"
    before = note.read_bytes()
    services.cancel(alert, by=lead, now=desk.now)
    write()

    note.write_bytes(before)

    assert verify(note, ring) == 1
    assert verify(note.parents[1] / "alerts.json", ring) == 1


def test_one_that_is_held_back_is_noticed(
    shown: tuple[AlertId, Callable[[], Path]], ring: RunningRing
) -> None:
    alert, write = shown
    folder = write()

    (folder / "alerts" / f"{alert}.note").unlink()

    assert verify(folder / "alerts.json", ring) == 1


def test_an_older_list_than_the_one_seen_is_refused(
    shown: tuple[AlertId, Callable[[], Path]], ring: RunningRing, lead: Member, desk: Desk
) -> None:
    alert, write = shown
    listed = write() / "alerts.json"
    before, state = listed.read_bytes(), str(listed.parent / "seen.json")
    services.cancel(alert, by=lead, now=desk.now)
    write()
    assert verify(listed, ring, "--state", state) == 0

    listed.write_bytes(before)

    assert verify(listed, ring, "--state", state) == 1
