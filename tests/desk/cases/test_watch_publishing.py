"""Promises of publishing the watch list: its own key an epoch, nothing unfinished, resumable."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from desk_cast import TODAY, Desk
from running_ring import RunningRing
from watch_cast import NUMBER, OFFICE, Publishing, SimulatedLookUp, add

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto.voprf import EvaluationKey, Mode, output
from oberih.crypto.watchlist import ENTRY, Answer, Verdict, entry, listed, question
from oberih.desk import watch_building, watch_entries
from oberih.desk.lookup_calls import LookupAway
from oberih.desk.watch_building import Plan, build
from oberih.desk.watch_contents import Contents, Listed
from oberih.desk.watch_entries import Blinding
from oberih.desk.watch_list import contents
from oberih.desk.watch_models import WatchEpoch
from oberih.desk.watch_publishing import AlreadyBuilding, WatchPublisher
from oberih.desk.watch_states import ReleasePolicy
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def publishing(desk: Desk, ring: RunningRing, tmp_path: Path) -> Publishing:
    lookup = SimulatedLookUp(desk.front)
    folder = tmp_path / "watch-list"
    publisher = WatchPublisher(ring.client, desk.front, lookup, folder)  # type: ignore[arg-type]  # simulators with the same methods
    return Publishing(publisher, lookup, desk, ring.keys)


@pytest.fixture
def on_the_list(officer: Member, lead: Member) -> None:
    add(officer, lead, number=NUMBER)


@pytest.mark.usefixtures("on_the_list")
def test_families_find_reported_official_and_not_known(publishing: Publishing) -> None:
    publishing.turn()

    assert publishing.says(NUMBER) == Verdict(Answer.REPORTED, ("P1",))
    assert publishing.says(OFFICE) == Verdict(Answer.OFFICIAL)
    assert publishing.says("+380 50 000 00 02") is None


def test_the_manifest_says_exactly_what_is_published(publishing: Publishing) -> None:
    publishing.turn()

    manifest = publishing.manifest()
    content = publishing.desk.front.published[manifest.path]
    assert (manifest.size, manifest.sha256) == (len(content), sha256(content).digest())
    assert manifest.count * ENTRY == manifest.size
    assert manifest.key == publishing.lookup.keys[1].public


def test_the_key_is_handed_over_before_anyone_sees_the_list(publishing: Publishing) -> None:
    publishing.turn()

    assert publishing.lookup.lists_at_handover == [False]


def test_while_the_look_up_is_away_nothing_is_published(publishing: Publishing) -> None:
    publishing.lookup.is_away = True
    with pytest.raises(LookupAway):
        publishing.turn()

    assert "watch-list.note" not in publishing.desk.front.published
    publishing.lookup.is_away = False
    assert publishing.turn()


def test_what_is_held_back_leaves_the_published_list_as_it_was(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    publishing.turn()

    add(officer, lead, number=NUMBER, policy=ReleasePolicy.DESK_ONLY)

    assert not publishing.turn(TODAY + timedelta(hours=1))
    assert publishing.says(NUMBER) is None


def test_a_change_gets_a_key_of_its_own_and_names_the_manifest_before(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    publishing.turn()
    first = sha256(publishing.desk.front.published["watch-list.note"]).hexdigest()
    add(officer, lead, number=NUMBER)
    publishing.turn(TODAY + timedelta(minutes=5))

    assert publishing.manifest().previous == first
    assert publishing.lookup.keys[1].public != publishing.lookup.keys[2].public
    assert publishing.says(NUMBER) is not None


def test_changes_within_a_minute_go_out_together_unless_a_person_publishes(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    publishing.turn()
    add(officer, lead, number=NUMBER)

    assert not publishing.turn(TODAY + timedelta(seconds=5))
    assert publishing.publisher.publish(now=TODAY + timedelta(seconds=6))


def test_the_desk_forgets_a_key_two_days_after_the_next_one(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    publishing.turn()
    add(officer, lead, number=NUMBER)
    publishing.turn(TODAY + timedelta(hours=1))
    publishing.turn(TODAY + timedelta(hours=48))
    assert WatchEpoch.objects.get(number=1).secret

    publishing.turn(TODAY + timedelta(hours=50))

    assert WatchEpoch.objects.get(number=1).secret == ""


def test_the_same_list_is_signed_anew_each_day_and_gets_a_new_key_each_week(
    publishing: Publishing,
) -> None:
    publishing.turn()
    publishing.turn(TODAY + timedelta(days=1))
    assert publishing.manifest(TODAY + timedelta(days=1)).epoch == 1
    assert publishing.manifest(TODAY + timedelta(days=1)).previous

    publishing.turn(TODAY + timedelta(days=7))

    assert publishing.manifest(TODAY + timedelta(days=7)).epoch == 2


def test_the_signed_numbers_name_every_official_contact(publishing: Publishing) -> None:
    publishing.turn()

    body = publishing.numbers().body
    assert isinstance(body, dict)
    official = body["official"]
    assert isinstance(official, list)
    names = {one["identifier"]: one["name"] for one in official}
    assert names["phone:+380442878165"]["en"] == "National Information Bureau"
    assert "groups" in body


def test_two_processes_never_build_at_once(publishing: Publishing) -> None:
    with publishing.publisher._alone(), pytest.raises(AlreadyBuilding):  # noqa: SLF001  # the other process
        publishing.turn()


def many(count: int) -> list[Listed]:
    told = Verdict(Answer.REPORTED, ("P1",))
    numbers = (f"+38050{number:07}" for number in range(count))
    return [Listed(Identifier(Kind.PHONE, value), told) for value in numbers]


def plan(rows: list[Listed], *, bits: int = 0) -> Plan:
    key = EvaluationKey.generate(mode=Mode.VOPRF)
    return Plan(rows, Contents.of(rows), Blinding(key.secret, b"salt", bits))


def test_several_processes_build_the_same_list_as_one(tmp_path: Path) -> None:
    asked = plan(many(2 * watch_entries.CHUNK + 7))
    key = EvaluationKey.from_secret(asked.blinding.secret, mode=Mode.VOPRF)
    alone = [
        entry(one.verdict, output=output(question(one.identifier), key=key)) for one in asked.listed
    ]

    build(asked, at=tmp_path / "1.bin")

    assert (tmp_path / "1.bin").read_bytes() == listed(alone)


def test_an_interrupted_build_goes_on_where_it_was(tmp_path: Path) -> None:
    rows = plan(many(2 * watch_entries.CHUNK))

    def stop(done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(rows, at=tmp_path / "1.bin", progress=stop)
    assert not (tmp_path / "1.bin").exists()
    steps: list[int] = []
    build(rows, at=tmp_path / "1.bin", progress=lambda done, _of: steps.append(done))

    assert steps == [watch_entries.CHUNK, 2 * watch_entries.CHUNK]


def test_a_changed_list_takes_nothing_of_an_interrupted_one(tmp_path: Path) -> None:
    rows = plan(many(watch_entries.CHUNK))
    started = bytes(watch_building.STAMP + watch_entries.CHUNK * watch_entries.ROW)
    (tmp_path / "1.part").write_bytes(started)

    steps: list[int] = []
    build(rows, at=tmp_path / "1.bin", progress=lambda done, _of: steps.append(done))

    assert steps[0] == 0
    assert contents(today=TODAY.date())
