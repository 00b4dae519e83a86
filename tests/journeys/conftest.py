"""Real processes and a real browser: what the journeys share."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.demo import Demo, running_demo
from tests.journeys.operator import Operator

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
PATIENCE_SECONDS = 40
START_SECONDS = 90
PATIENCE_MS = 15_000
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE, locale="uk-UA")
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    """Make the operator's data folder with a root, delegations and this week's recipients."""
    made = Operator.found(tmp_path_factory.mktemp("operator"))
    made.publish()
    return made


@pytest.fixture(scope="session")
def front(operator: Operator) -> Iterator[str]:
    """Run a front that serves the operator's pages; return its address."""
    with running("front", operator=operator) as address:
        yield address


@dataclass(frozen=True, slots=True)
class Stand:
    """A front with its courier listener, and the operator whose keys they serve."""

    front: str
    courier: str
    operator: Operator


@pytest.fixture(scope="session")
def stand(operator: Operator, front: str) -> Iterator[Stand]:
    """Run the courier's listener beside the front, over the same folder."""
    with running("front-courier", operator=operator) as courier:
        yield Stand(front, courier, operator)


@contextmanager
def running(name: str, *, operator: Operator) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "OBERIH_DATA": str(operator.folder), "OBERIH_FRONT_URL": address}
    command = [sys.executable, "-m", "oberih.cli", "process", name, "--listen", f"127.0.0.1:{port}"]
    child = subprocess.Popen(command, env=environment)  # noqa: S603  # our own command
    try:
        wait_until(lambda: answers(address), seconds=START_SECONDS)
        yield address
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(timeout=PATIENCE_SECONDS)


def answers(address: str) -> bool:
    try:
        httpx.get(f"{address}/uk/")
    except httpx.TransportError:
        return False
    return True


def wait_until(is_so: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(page: Page, address: str) -> Page:
    """Open a page and wait until its idle loading is over."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def axe() -> str:
    """Return the source of axe-core, the accessibility checker."""
    root = Path(__file__).resolve().parents[2]
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Start a demo once, so that its invented reports are on the desk; return its folder."""
    folder = tmp_path_factory.mktemp("demo")
    with running_demo(folder, ports=[free_port() for _ in range(3)]):
        return folder


@pytest.fixture(scope="module")
def demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Start a copy of the filled demo: no file of tests sees what another one did."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(filled, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("run"))
    with running_demo(folder, ports=[free_port() for _ in range(3)]) as running:
        yield running
