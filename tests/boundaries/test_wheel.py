"""Guard 3 of 3: the front runs from a wheel in which the desk's packages are not there at all."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = Path(django.__file__).parents[1]
INNER = ("desk", "keys", "staff", "audit", "alerts", "sandbox", "client")
SECONDS = 20.0


def run(*words: object) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OBERIH_")}
    command = [str(word) for word in words]
    return subprocess.run(command, env=kept, capture_output=True, check=False)  # noqa: S603  # our own command


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, ROOT / "deploy" / "front_wheel.py", folder)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("oberih_front-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clean environment's Python: the libraries, the front's wheel, and no source."""
    place = tmp_path_factory.mktemp("clean")
    venv.create(place, with_pip=True)
    (site,) = place.glob("lib/python3.*/site-packages")
    (site / "libraries.pth").write_text(f"{LIBRARIES}\n")
    python = place / "bin" / "python"
    done = run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    assert done.returncode == 0, done.stderr
    return python


def test_the_wheel_holds_no_file_of_the_desk(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    packages = {name.split("/")[1] for name in names if name.startswith("oberih/")}
    assert {"front", "lookup", "crypto", "system", "core"} <= packages
    assert not packages & set(INNER)
    assert "oberih/sites/desk.py" not in names


@pytest.mark.parametrize("inner", INNER)
def test_the_desk_cannot_be_imported_where_the_wheel_is_installed(python: Path, inner: str) -> None:
    there = run(python, "-c", f"import oberih.{inner}")
    here = run(sys.executable, "-c", f"import oberih.{inner}")

    assert b"ModuleNotFoundError" in there.stderr
    assert here.returncode == 0


def test_the_front_serves_from_its_wheel(python: Path, tmp_path: Path) -> None:
    with (
        serving(python, data=tmp_path) as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/uk/", timeout=SECONDS) as page,
    ):
        assert page.status == 200
        assert b'<html lang="uk"' in page.read()


def test_the_look_up_serves_from_the_same_wheel(python: Path, tmp_path: Path) -> None:
    with (
        serving(python, data=tmp_path, name="lookup") as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api/lookup/", timeout=SECONDS) as answer,
    ):
        assert answer.read() == b'{"v":1}'


@contextmanager
def serving(python: Path, *, data: Path, name: str = "front") -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [
        "-m",
        "oberih.cli",
        "process",
        name,
        "--data",
        data,
        "--listen",
        f"127.0.0.1:{port}",
    ]
    with subprocess.Popen([str(word) for word in (python, *words)]) as child:  # noqa: S603  # our own command
        try:
            wait_for(port, child=child)
            yield port
        finally:
            child.terminate()


def wait_for(port: int, *, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while not listens(port):
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
