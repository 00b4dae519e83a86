import io
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from simulated_front import ROOT, SimulatedDesk, SimulatedFront, delegations_note, public

from oberih.cli.main import main
from oberih.core.time import epoch_of, now
from oberih.crypto.age import Identity, open_sealed
from oberih.crypto.complaint import sealed_words
from oberih.crypto.message import ReplyBody
from oberih.crypto.receipt import Receipt


class Today(SimulatedFront):
    """A front whose documents hold today."""

    def _published(self, path: str) -> httpx.Response:
        if path == "delegations.note":
            return httpx.Response(200, content=delegations_note(start=now() - timedelta(hours=1)))
        return super()._published(path)


class Running:
    """The simulated front behind a real socket of this machine."""

    def __init__(self) -> None:
        """Listen on any free port."""
        self.machine = machine = Today(accepted=epoch_of(now().date()))

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                request = httpx.Request(self.command, f"http://front{self.path}", content=body)
                answer = machine.handle_request(request)
                self.send_response(answer.status_code)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            do_GET = do_POST  # noqa: N815  # the library's name

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def arguments(self) -> list[str]:
        """What every command is given."""
        url = f"http://127.0.0.1:{self.server.server_port}"
        return ["--front", url, "--root", public(ROOT).hex()]


@pytest.fixture
def running() -> Iterator[Running]:
    """Return a running front, and close it."""
    one = Running()
    yield one
    one.server.shutdown()
    one.server.server_close()


class Stdin:
    """Standard input with the given bytes."""

    def __init__(self, content: str) -> None:
        """Hold them."""
        self.buffer = io.BytesIO(content.encode())


def test_a_report_prints_its_receipt_and_the_conversation_opens_with_it(
    running: Running,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Привіт")
    assert main(["report", *running.arguments, "--text", str(story), "--json"]) == 0
    sent = json.loads(capsys.readouterr().out)
    desk = SimulatedDesk(running.machine)
    assert desk.collect()[0].body.text == "Привіт"
    desk.reply(ReplyBody(text="Ми з вами"))

    monkeypatch.setattr("sys.stdin", Stdin(sent["receipt"]))
    assert main(["conversation", *running.arguments, "--json"]) == 0

    assert [entry["text"] for entry in json.loads(capsys.readouterr().out)] == ["Ми з вами"]
    assert Receipt.read(sent["receipt"]).derive().mailbox == sent["mailbox"]


SENTENCES = [
    (b"", "There is nothing to send"),
    (b"\xff\xfe", "not UTF-8"),
    (b"x" * 4_194_305, "too large"),
]


@pytest.mark.parametrize(("content", "sentence"), SENTENCES)
def test_a_text_that_cannot_be_sent_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    (tmp_path / "story").write_bytes(content)

    code = main(["report", "--front", "http://127.0.0.1:9", "--text", str(tmp_path / "story")])

    shown = capsys.readouterr()
    assert (code, shown.out, shown.err.count("\n")) == (2, "", 1)
    assert sentence in shown.err


WRONG_WORDS = [
    ("", "expected on standard input"),
    ("one two", "has ten words"),
    ("шапка " * 9 + "абракадабра", "Word 10"),
    ("шапка " * 10, "One word is wrong"),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG_WORDS)
def test_wrong_words_are_one_sentence_without_the_words(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    sentence: str,
) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(words))

    code = main(["conversation", "--front", "http://127.0.0.1:9"])

    shown = capsys.readouterr()
    assert (code, shown.out) == (2, "")
    assert sentence in shown.err
    assert "абракадабра" not in shown.err


def test_a_front_that_is_away_is_exit_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oberih.client.front.PAUSES", ())
    (tmp_path / "story").write_text("x")

    code = main(["report", "--front", "http://127.0.0.1:9", "--text", str(tmp_path / "story")])

    assert (code, capsys.readouterr().err.count("\n")) == (3, 1)


def test_a_reply_and_its_receipt_come_through_one_standard_input(
    running: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = Receipt(bytes(13))
    monkeypatch.setattr("sys.stdin", Stdin(" ".join(receipt.words()) + "\nЩе одне\nі ще"))

    assert main(["conversation", *running.arguments, "--reply", "-", "--json"]) == 0

    assert SimulatedDesk(running.machine).collect()[0].body.text == "Ще одне\nі ще"
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_a_complaint_goes_to_the_auditor_and_the_list_does_not_show_it(
    running: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    running.machine.auditor = auditor = Identity.generate()
    receipt = " ".join(Receipt(bytes(13)).words())
    monkeypatch.setattr("sys.stdin", Stdin(f"{receipt}\nПитали, де ми живемо"))

    assert main(["conversation", *running.arguments, "--complain", "-", "--json"]) == 0

    sealed = sealed_words(SimulatedDesk(running.machine).collect()[0].body)
    assert "Питали, де ми живемо" in open_sealed(sealed, identity=auditor).decode()
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("act", ["--delete", "--stop-writing", "--change-words", "--complain=x"])
def test_files_are_never_left_out_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(" ".join(Receipt(bytes(13)).words())))
    attached = ["--attach", str(tmp_path / "voice.ogg")]

    code = main(["conversation", "--front", "http://127.0.0.1:9", act, *attached])

    assert (code, "go with a reply" in capsys.readouterr().err) == (2, True)
