"""What a family sent stands in no file of the whole machine: data, logs, temporary or working."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from oberih.client.front import Front
from oberih.client.report import Chat, ChatLine, Report
from oberih.client.reports import Sending, send_report
from oberih.core.time import now
from tests.journeys.conftest import free_port, wait_until
from tests.journeys.whole import Whole, up

MARKER = "ластівка-7f3a"
SPELLINGS = (MARKER.encode(), MARKER.encode("utf-16-le"), json.dumps(MARKER).strip('"').encode())


@dataclass(frozen=True, slots=True)
class Worked:
    """A machine that worked on a report, and every folder that it could have written to."""

    whole: Whole
    folders: tuple[Path, ...]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """Send the marker in every field and file, file it, show it, answer it, back it up."""
    data, temporary, working = (tmp_path_factory.mktemp(name) for name in ("data", "tmp", "cwd"))
    patch = pytest.MonkeyPatch()
    patch.setenv("TMPDIR", str(temporary))
    patch.chdir(working)
    with up(data, ports=[free_port() for _ in range(4)]) as whole:
        tell(whole, file=tmp_path_factory.mktemp("hers") / f"{MARKER}.txt")
        wait_until(lambda: filed(whole) is not None, seconds=60)
        answer(whole)
        wait_until(lambda: any((data / "desk" / "backups").glob("*")), seconds=60)
        yield Worked(whole, (data, temporary, working))
    patch.undo()


def tell(whole: Whole, *, file: Path) -> None:
    file.write_text(MARKER * 20_000)
    chat = Chat("text", (ChatLine("them", "", f"{MARKER}: підпаліть машину"),))
    report = Report(text=MARKER, chat=chat, region=MARKER, attachments=(file,))
    with closing(Front(whole.front)) as front:
        send_report(report, front=front, sending=Sending(now()))


def filed(whole: Whole) -> str | None:
    done = whole.run("desk", "queue", "--json")
    rows = json.loads(done.stdout) if done.returncode == 0 else []
    return next((row["case"] for row in rows if MARKER in row["text"]), None)


def answer(whole: Whole) -> None:
    done = whole.run(
        "desk", "reply", filed(whole) or "", "--text", "-", given=f"{MARKER} ми з вами"
    )
    assert done.returncode == 0, done.stderr


def holding(folders: tuple[Path, ...]) -> list[Path]:
    """Return the files that hold the marker in any spelling."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(one in path.read_bytes() for one in SPELLINGS)]


def test_the_desk_has_it_and_no_file_does(worked: Worked) -> None:
    assert filed(worked.whole) is not None
    assert holding(worked.folders) == []


def test_the_search_would_find_it(worked: Worked, tmp_path: Path) -> None:
    for number, spelling in enumerate(SPELLINGS):
        (tmp_path / str(number)).write_bytes(b"before" + spelling + b"after")

    assert len(holding((tmp_path,))) == len(SPELLINGS)
    assert (worked.whole.data / "desk" / "desk.sqlite3").stat().st_size > 0


def test_no_process_that_faces_the_internet_has_it_in_memory(worked: Worked) -> None:
    processes = worked.whole.processes()

    for name in ("front", "front-courier"):
        assert MARKER.encode() not in memory_of(processes[name])


def memory_of(process: int) -> bytes:
    """Return what a process can read and write, as root sees it; skip where that is not allowed."""
    reader = (
        "import re,sys;m=open(f'/proc/{sys.argv[1]}/mem','rb',0);o=sys.stdout.buffer\n"
        "for line in open(f'/proc/{sys.argv[1]}/maps'):\n"
        "    a,b,p=re.match(r'(\\w+)-(\\w+) (\\S+)',line).groups()\n"
        "    if p[:2]=='rw':\n"
        "        try: m.seek(int(a,16)); o.write(m.read(int(b,16)-int(a,16)))\n"
        "        except (OSError,OverflowError,ValueError): pass\n"
    )
    if os.geteuid() != 0:
        pytest.skip("reading another process's memory needs root")
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", reader, str(process)], capture_output=True, check=True
    )
    assert len(done.stdout) > 1_000_000
    return done.stdout
