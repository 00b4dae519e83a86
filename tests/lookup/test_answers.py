"""Whoever asks is told: reported, official, or not known; in the library and in the command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from oberih.cli.main import main
from oberih.client.lookup import NothingToLookUp, Outcome, TooMany, look_up
from oberih.crypto.manifest import Form
from tests.lookup.conftest import Place, fed
from tests.lookup.running import free_port
from tests.lookup.watching import NOT_KNOWN, OFFICIAL, REPORTED, Watch


def outcomes(place: Place, *texts: str) -> list[str]:
    return [one.outcome.value for one in look_up(texts, front=place.client())]


def test_the_three_answers(place: Place, watch: Watch) -> None:
    assert watch.epoch

    assert outcomes(place, REPORTED, OFFICIAL, NOT_KNOWN) == ["reported", "official", "not known"]


def test_a_reported_one_says_which_tactics(place: Place, watch: Watch) -> None:
    assert watch.epoch

    (answer,) = look_up(["8 050 000 00 01"], front=place.client())

    assert (str(answer.identifier), answer.tactics) == ("phone:+380500000001", ("P1", "M2"))


def test_a_message_with_three_numbers_gives_three_rows(place: Place, watch: Watch) -> None:
    message = f"Call {REPORTED} or {NOT_KNOWN}, the bureau is {OFFICIAL}."
    assert watch.epoch

    assert outcomes(place, message) == ["reported", "not known", "official"]


def test_thirty_at_once_are_asked_in_batches(place: Place, watch: Watch) -> None:
    numbers = [f"+380 50 000 01 {last:02}" for last in range(29)]
    assert watch.epoch

    assert outcomes(place, *numbers, REPORTED) == ["not known"] * 29 + ["reported"]


def test_an_official_number_stays_official_when_a_list_names_it(place: Place) -> None:
    fed(place, listed=(OFFICIAL, REPORTED))

    assert outcomes(place, OFFICIAL, "wa.me/380440000001") == ["official", "official"]


def test_an_official_one_says_whose_it_is(place: Place, watch: Watch) -> None:
    assert watch.epoch

    (answer,) = look_up([OFFICIAL], front=place.client())

    assert answer.name == "An invented bureau"


def test_a_messenger_account_is_looked_up_by_its_number_too(place: Place, watch: Watch) -> None:
    assert watch.epoch

    (answer,) = look_up(["viber://chat?number=%2B380500000001"], front=place.client())

    assert (answer.identifier.kind, answer.outcome.value) == ("viber", "reported")


def test_a_list_in_buckets_gives_the_same_answers(place: Place) -> None:
    many = tuple(f"+380 67 000 {count // 100:02} {count % 100:02}" for count in range(60))
    fed(place, listed=(REPORTED, *many), form=Form.BUCKETS)

    asked = (REPORTED, OFFICIAL, NOT_KNOWN, many[7])

    assert outcomes(place, *asked) == ["reported", "official", "not known", "reported"]


@pytest.mark.parametrize("text", ["Іван Петренко", "@i", "", "+380 50"])
def test_what_is_no_identifier_is_one_sentence(place: Place, text: str) -> None:
    with pytest.raises(NothingToLookUp, match="name cannot be looked up"):
        look_up([text], front=place.client())


def test_ten_thousand_numbers_are_refused_before_anything_is_sent(place: Place) -> None:
    pasted = " ".join(f"+380 50 {count // 100:03} {count % 100:02} 00" for count in range(10_000))

    with pytest.raises(TooMany):
        look_up([pasted], front=place.client())


def test_the_command_says_it_as_the_contract_does(
    place: Place, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["lookup", REPORTED, OFFICIAL, "--json", "--front", place.front.address]
    code = main([*words, "--data", str(place.operator.folder)])

    rows = json.loads(capsys.readouterr().out)
    assert (code, [row["answer"] for row in rows]) == (1, ["reported", "official"])
    assert rows[0] == {
        "input": REPORTED,
        "identifier": "phone:+380500000001",
        "kind": "phone",
        "answer": "reported",
        "tactics": ["P1", "M2"],
    }
    assert watch.epoch


def test_the_command_ends_with_3_when_it_could_not_check(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = (place.operator.folder / "front" / "root.pub").read_text()
    front = "http://127.0.0.1:9"
    code = main(["lookup", REPORTED, "--front", front, "--root", root, "--data", str(tmp_path)])

    assert code == 3
    assert "could not check" in capsys.readouterr().out


def test_the_command_ends_with_2_for_a_name(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["lookup", "Іван", "--front", place.front.address])

    told = capsys.readouterr().err
    assert code == 2
    assert told.count("\n") == 1
    assert "Іван" not in told


MISSING = """
import sys
from oberih.crypto import ristretto
ristretto._NAMES = ("libnowhere.so.1",)
from oberih.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_without_libsodium_command_and_process_say_what_to_install(place: Place) -> None:
    fed(place)
    data = ["--data", str(place.operator.folder)]
    for words in (
        ["lookup", REPORTED, "--front", place.front.address, *data],
        ["process", "lookup", "--listen", f"127.0.0.1:{free_port()}", *data],
    ):
        command = [sys.executable, "-c", MISSING, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own command

        assert (done.returncode, done.stderr.count("\n")) == (3, 1)
        assert "apt install libsodium23" in done.stderr


def test_every_answer_of_the_look_up_has_its_word() -> None:
    assert [one.value for one in Outcome] == [
        "reported",
        "official",
        "not known",
        "could not check",
    ]
