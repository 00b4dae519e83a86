"""`oberih train` as a trainer starts it: marked screens, nothing that sends, nothing in twice."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.whole import Whole, run, started, wait_for_ready

CASES = 51


@contextmanager
def training(data: Path) -> Iterator[tuple[Whole, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with started("train", "--desk", f"localhost:{port}", data=data) as child:
        banner = wait_for_ready(child)
        yield Whole(data, "", f"http://localhost:{port}", child), banner


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training") / "data"


def test_every_screen_says_so_and_nothing_that_sends_runs(folder: Path, page: Page) -> None:
    with training(folder) as (whole, banner):
        officer, _lead = re.findall(r"http://localhost:\d+/invitation/\S+", banner)
        page.goto(officer)
        for path in ("/", "/shift/", "/care/", "/access/", "/passkeys/", "/nowhere/"):
            page.goto(f"{whole.desk}{path}")
            expect(page.locator("body")).to_contain_text("НАВЧАННЯ")
        processes = set(whole.processes())
        sent = run("desk", "courier", "--once", data=folder)

    assert processes == {"ring", "sandbox", "desk", "worker"}
    assert (sent.returncode, "for training" in sent.stderr) == (3, True)


def test_a_second_start_lays_nothing_in_twice(folder: Path) -> None:
    for _start in range(2):
        with training(folder):
            listed = json.loads(run("desk", "queue", "--json", data=folder).stdout)

        assert len(listed) == CASES
