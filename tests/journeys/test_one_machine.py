"""An operator starts everything with one command, and stops it with one key."""

import signal
import socket
from pathlib import Path

from tests.journeys.conftest import free_port
from tests.journeys.whole import run, up


def test_up_without_keys_says_what_to_do(tmp_path: Path) -> None:
    free = [f"127.0.0.1:{free_port()}" for _ in range(2)]

    done = run("up", "--front", free[0], "--lookup", free[1], data=tmp_path)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "oberih desk keys new" in done.stderr


def test_a_port_in_use_is_one_sentence_that_names_it(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = run("demo", "--front", f"127.0.0.1:{port}", data=tmp_path)

    assert done.returncode == 3
    assert done.stderr == f"oberih: Another program listens at 127.0.0.1:{port} already.\n"


def test_up_and_demo_serve_loopback_only(tmp_path: Path) -> None:
    for command in ("up", "demo"):
        done = run(command, "--front", "0.0.0.0:8080", data=tmp_path)  # it must be refused

        assert done.returncode == 2
        assert "loopback" in done.stderr


def test_ctrl_c_stops_every_process(tmp_path: Path) -> None:
    with up(tmp_path, ports=[free_port() for _ in range(4)]) as whole:
        before = whole.processes()
        whole.supervisor.send_signal(signal.SIGINT)
        whole.supervisor.wait(timeout=30)

        assert {"ring", "sandbox", "front", "lookup", "desk", "courier", "worker"} <= set(before)
        assert not [name for name, child in before.items() if Path(f"/proc/{child}").exists()]
        assert whole.supervisor.returncode == 0
