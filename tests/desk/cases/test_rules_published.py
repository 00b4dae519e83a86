"""The check's rules are published signed and logged; a person hands over only newer ones."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from desk_cast import Desk
from running_ring import RunningRing

from oberih.check.edition import Edition, own_edition
from oberih.check.rules import ARTEFACT, UnknownRules
from oberih.cli.main import main
from oberih.client.rules import NOTE
from oberih.desk.rules_publishing import NotNewer, NotRules, RulesPublisher, hand_over, newest
from tests.desk.desk_cast import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
OWN = own_edition()
NEWER = Edition(OWN + 1)
RULES = ARTEFACT.read_bytes()


@pytest.fixture
def published(desk: Desk, tmp_path: Path) -> Callable[[], Path]:
    """Return a function that takes a turn and writes all that is published."""
    return lambda: desk.turn_into(tmp_path)


def publisher(desk: Desk) -> RulesPublisher:
    whole = desk.courier._tools.publisher  # noqa: SLF001  # its own
    return RulesPublisher(whole.ring, whole.front, whole.rules)


def verify(place: Path, ring: RunningRing) -> int:
    return main(["rules", "verify", str(place / NOTE), "--root", str(ring.keys / "root.pub")])


def test_a_turn_publishes_the_programs_own_rules(
    published: Callable[[], Path], ring: RunningRing, capsys: pytest.CaptureFixture[str]
) -> None:
    place = published()

    assert verify(place, ring) == 0
    assert (place / f"rules/{OWN}.json").read_bytes() == RULES
    assert f"edition {OWN}, as this program's own" in capsys.readouterr().out


def test_newer_rules_that_were_handed_over_are_published(
    desk: Desk, published: Callable[[], Path], ring: RunningRing, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(RULES, edition=NEWER, folder=publisher(desk).folder)

    assert verify(published(), ring) == 0
    assert f"edition {NEWER}, newer" in capsys.readouterr().out


def test_the_note_is_signed_anew_only_when_a_month_has_begun(desk: Desk) -> None:
    notes = []
    for days in (0, 1, 31):
        publisher(desk).publish(now=TODAY + timedelta(days=days))
        notes.append(desk.front.published[NOTE])

    assert notes[0] == notes[1] != notes[2]


@pytest.mark.parametrize("cut", [0, 100])
def test_rules_that_were_cut_off_on_the_way_are_refused(
    published: Callable[[], Path],
    ring: RunningRing,
    capsys: pytest.CaptureFixture[str],
    cut: int,
) -> None:
    place = published()
    (place / f"rules/{OWN}.json").write_bytes(RULES[:cut])

    assert verify(place, ring) == 1
    assert "not the rules that were signed" in capsys.readouterr().out


def test_the_check_judges_by_published_rules(
    published: Callable[[], Path], ring: RunningRing, tmp_path: Path
) -> None:
    text = tmp_path / "words.jsonl"
    text.write_text(json.dumps({"id": "1", "text": "Підпаліть військкомат, і сина обміняють"}))
    words = ["check", str(text), "--root", str(ring.keys / "root.pub")]

    assert main([*words, "--rules", str(published() / NOTE)]) == 1


def test_the_check_does_not_judge_by_forged_rules(
    published: Callable[[], Path], ring: RunningRing, tmp_path: Path
) -> None:
    note = published() / NOTE
    note.write_bytes(note.read_bytes().replace(b'"sequence":', b'"sequence":9'))
    (tmp_path / "words.txt").write_text("Привіт")
    words = ["check", str(tmp_path / "words.txt"), "--root", str(ring.keys / "root.pub")]

    assert main([*words, "--rules", str(note)]) == 2


@pytest.mark.parametrize("edition", [0, OWN])
def test_rules_as_old_as_others_are_not_taken(tmp_path: Path, edition: int) -> None:
    with pytest.raises(NotNewer):
        hand_over(RULES, edition=Edition(edition), folder=tmp_path)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(RULES[:-9], NotRules), (b"[]", NotRules), (b'{"v":2}', NotRules), (b'{"v":3}', UnknownRules)],
)
def test_what_is_no_rules_is_not_taken(
    tmp_path: Path, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        hand_over(content, edition=NEWER, folder=tmp_path)


def test_own_rules_win_over_an_old_hand_over(tmp_path: Path) -> None:
    (tmp_path / "0.json").write_bytes(b"old")

    assert newest(tmp_path) == (OWN, RULES)
