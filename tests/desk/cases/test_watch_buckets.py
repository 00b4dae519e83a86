"""Promises of a long list: equal parts, a salt that stays, the same bytes when it is made again."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from desk_cast import TODAY, Desk, SimulatedFront
from running_ring import RunningRing
from watch_cast import NUMBER, OFFICE, Publishing, SimulatedLookUp, add

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import buckets
from oberih.crypto.manifest import Form, Manifest
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import ENTRY, Answer, Verdict
from oberih.desk.front_calls import FrontAway
from oberih.desk.watch_building import Plan, build, published_files
from oberih.desk.watch_contents import ChangedMeanwhile, Contents, Listed
from oberih.desk.watch_entries import Blinding
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_publishing import WatchPublisher
from oberih.staff.models import Member

LONG = buckets.WHOLE_UP_TO + 1
BITS = buckets.bits_for(LONG)
TOLD = Verdict(Answer.REPORTED, ("P1",))
HOUR = timedelta(hours=1)


@pytest.fixture
def publishing(desk: Desk, ring: RunningRing, tmp_path: Path) -> Publishing:
    lookup = SimulatedLookUp(desk.front)
    folder = tmp_path / "watch-list"
    publisher = WatchPublisher(ring.client, desk.front, lookup, folder)  # type: ignore[arg-type]  # simulators with the same methods
    return Publishing(publisher, lookup, desk, ring.keys)


def list_many(author: Member, confirmer: Member) -> None:
    """Put a long list into the database, as many confirmations would."""
    rows = (
        WatchEntry(
            id=f"{number:09}",
            state="confirmed",
            kind="phone",
            value=f"+38067{number:07}",
            answer="reported",
            confidence="likely",
            policy="public",
            basis="other source",
            expires_on=TODAY.date() + timedelta(days=90),
            author=str(author.pk),
            confirmer=str(confirmer.pk),
            proposed_at=TODAY,
            confirmed_at=TODAY,
        )
        for number in range(LONG)
    )
    WatchEntry.objects.bulk_create(rows, batch_size=1_000)


def bucket_files(publishing: Publishing, manifest: Manifest) -> list[bytes]:
    published = publishing.desk.front.published
    return [published[manifest.bucket_path(one)] for one in range(1 << manifest.bits)]


@pytest.mark.django_db
def test_a_long_list_goes_out_in_equal_parts_and_keeps_its_salt(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    list_many(officer, lead)
    publishing.turn()
    first = publishing.manifest()

    add(officer, lead, number=NUMBER)
    publishing.turn(TODAY + HOUR)
    second = publishing.manifest()

    assert (first.form, first.bits, first.count >= LONG) == (Form.BUCKETS, BITS, True)
    assert {len(one) for one in bucket_files(publishing, first)} == {first.size + BITS * 32}
    assert len(publishing.desk.front.published[first.path]) == first.count * ENTRY
    assert (first.salt == second.salt, first.key == second.key) == (True, False)
    assert [publishing.says(one) for one in (NUMBER, "+380670000007")] == [
        TOLD,
        Verdict(Answer.REPORTED),
    ]
    assert publishing.says(OFFICE) == Verdict(Answer.OFFICIAL)


@dataclass
class LeavingFront:
    """A front that goes away once, in the middle of what it is given."""

    front: SimulatedFront
    left: int
    taken: list[str] = field(default_factory=list)

    def publish(self, path: str, *, content: bytes) -> None:
        self.left -= 1
        if self.left == 0:
            raise FrontAway
        self.taken.append(path)
        self.front.publish(path, content=content)


@pytest.mark.django_db
def test_a_front_that_goes_away_in_the_middle_gets_the_rest_and_then_the_manifest(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    list_many(officer, lead)
    leaving = LeavingFront(publishing.desk.front, left=4)
    publisher = replace(publishing.publisher, front=leaving)  # type: ignore[arg-type]  # the same method
    with pytest.raises(FrontAway):
        publisher.turn(now=TODAY)
    assert "watch-list.note" not in publishing.desk.front.published

    assert publisher.turn(now=TODAY + timedelta(seconds=9))
    assert len(leaving.taken) == len(set(leaving.taken))
    assert leaving.taken[-1] == "watch-list.note"


def plan(count: int, *, bits: int) -> Plan:
    rows = [Listed(Identifier(Kind.PHONE, f"+38050{one:07}"), TOLD) for one in range(count)]
    secret = EvaluationKey.derive(bytes(32), label=b"a test", mode=Mode.VOPRF).secret
    return Plan(rows, Contents.of(rows), Blinding(secret, b"salt", bits))


def test_a_list_that_is_made_again_is_the_same_bytes(tmp_path: Path) -> None:
    built = [build(plan(300, bits=3), at=tmp_path / f"{name}.bin") for name in "ab"]

    assert built[0] == built[1]
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()


def test_a_list_says_the_same_in_parts_as_whole(tmp_path: Path) -> None:
    build(plan(300, bits=3), at=tmp_path / "parts.bin")
    build(plan(300, bits=0), at=tmp_path / "whole.bin")
    *parts, (path, beside) = published_files(tmp_path / "parts.bin", epoch=7, bits=3)

    whole = (tmp_path / "whole.bin").read_bytes()
    entries = {whole[at : at + ENTRY] for at in range(0, len(whole), ENTRY)}
    found = [one[at : at + ENTRY] for _, one in parts for at in range(0, len(one) - 96, ENTRY)]
    assert (path, beside) == ("watch-list/7.bin", whole)
    assert entries <= set(found)
    assert [name for name, _ in parts][:2] == ["watch-list/7/0.bucket", "watch-list/7/1.bucket"]


def test_a_list_that_changes_while_it_is_read_is_not_published(tmp_path: Path) -> None:
    asked = plan(300, bits=0)
    changed = Plan([*asked.listed][1:], asked.contents, asked.blinding)

    with pytest.raises(ChangedMeanwhile):
        build(changed, at=tmp_path / "1.bin")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_published_list_whose_file_was_lost_is_made_again_or_followed(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    add(officer, lead, number=NUMBER)
    publishing.turn()
    (publishing.publisher.folder / "1.bin").unlink()
    assert not publishing.turn(TODAY + timedelta(seconds=20))

    (publishing.publisher.folder / "1.bin").unlink()
    add(officer, lead, number="+380 50 000 00 09")
    publishing.turn(TODAY + timedelta(seconds=40))

    assert publishing.manifest().epoch == 2
    assert publishing.says("+380 50 000 00 09") == TOLD


@pytest.mark.django_db
def test_the_list_is_not_read_again_while_nothing_can_have_changed(
    publishing: Publishing, officer: Member, lead: Member
) -> None:
    publishing.turn()
    memory = publishing.publisher.folder / "read.json"
    before = memory.stat().st_mtime_ns
    publishing.turn(TODAY + timedelta(seconds=10))
    assert memory.stat().st_mtime_ns == before

    add(officer, lead, number=NUMBER)
    publishing.turn(TODAY + HOUR)

    assert publishing.says(NUMBER) == TOLD
