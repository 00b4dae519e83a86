"""Another organisation's program asks with the client's wheel alone, as docs/protocol.md shows."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.journeys.operator import public
from tests.lookup.conftest import Place, fed

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = Path(httpx.__file__).parents[1]


def run(*words: object, cwd: Path = ROOT) -> str:
    command = [str(word) for word in words]
    return subprocess.run(command, capture_output=True, check=True, text=True, cwd=cwd).stdout  # noqa: S603  # our own commands


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, ROOT / "deploy" / "client_wheel.py", folder)
    (built,) = folder.glob("oberih_client-*.whl")
    return built


def test_the_wheel_holds_the_client_and_nothing_inner(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("oberih/")]

    folders = {name.split("/")[1] for name in names if name.count("/") > 1}
    assert folders == {"core", "crypto", "client"}


def test_the_documented_example_asks_from_a_clean_environment(
    wheel: Path, place: Place, tmp_path: Path
) -> None:
    fed(place)
    venv.create(tmp_path, with_pip=True)
    (site,) = tmp_path.glob("lib/python3.*/site-packages")
    (site / "libraries.pth").write_text(f"{LIBRARIES}\n")
    python = tmp_path / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)

    said = run(python, "-c", example(place), cwd=tmp_path)

    assert said == "phone:+380500000001 reported P1 M2\n"


def example(place: Place) -> str:
    written = (ROOT / "docs" / "protocol.md").read_text().split("```python\n", 1)[1]
    code = written.split("```", 1)[0].replace("https://front.example", place.front.address)
    return f"ROOT = {public(place.operator.root).hex()!r}\n{code}"
