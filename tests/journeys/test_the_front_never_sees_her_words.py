"""A marker typed into every field and file is in nothing that the front receives or keeps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, Stand, ready
from tests.journeys.steps import open_conversation

MARKER = "horobchyk-7f3a"
SPELLINGS = [MARKER.encode(), MARKER.encode("utf-16-le"), MARKER.encode().hex().encode()]


@dataclass(frozen=True, slots=True)
class Told:
    """What left the browser, and where the front keeps things."""

    bodies: list[bytes]
    addresses: list[str]
    stand: Stand


@pytest.fixture(scope="module")
def told(browser: object, stand: Stand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Type the marker everywhere: check, report, file, file name, region, later note."""
    context: BrowserContext = browser.new_context(viewport=PHONE)  # type: ignore[attr-defined]  # a Browser
    bodies: list[bytes] = []
    addresses: list[str] = []
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("request", lambda request: bodies.append(request.post_data_buffer or b""))
    page.on("request", lambda request: addresses.append(request.url))
    tell_everything(page, stand, folder=tmp_path_factory.mktemp("told"))
    yield Told(bodies, addresses, stand)
    context.close()


def tell_everything(page: Page, stand: Stand, *, folder: Path) -> None:
    file = folder / f"{MARKER}.txt"
    file.write_text(MARKER * 1000)
    ready(page, f"{stand.front}/uk/check/")
    page.locator("#pasted").fill(f"{MARKER}: сфотографуйте вокзал, тоді він подзвонить")
    page.locator("#check-pasted").click()
    page.locator("#carry").click()
    page.locator("#words-of-it").fill(MARKER)
    page.get_by_role("button", name="Далі").click()
    page.locator("#files").set_input_files(file)
    page.get_by_role("button", name="Далі").click()
    page.locator("#region").fill(MARKER)
    page.get_by_role("button", name="Далі").click()
    page.locator("#send").click()
    page.locator("#words li").nth(9).wait_for()
    expect(page.get_by_text("Файли у скриньці.")).to_be_visible()
    open_conversation(page, stand.front, page.locator("#words li span").all_inner_texts())
    page.locator("#answer").fill(MARKER)
    page.locator("#write").click()
    page.locator(".entry.mine", has_text=MARKER).wait_for()


def has_marker(content: bytes) -> bool:
    return any(spelling in content for spelling in SPELLINGS)


def front_processes(stand: Stand) -> list[Path]:
    ports = [address.rsplit(":", 1)[1].encode() for address in (stand.front, stand.courier)]
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        words = command.read_bytes()
        if b"process\0front" in words and any(port in words for port in ports):
            found.append(command.parent)
    return found


def memory_of(process: Path) -> Iterator[bytes]:
    """Yield every readable piece of a process's memory."""
    lines = [line for line in (process / "maps").read_text().splitlines() if "[v" not in line]
    pieces = [re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line) for line in lines]
    edges = [(int(piece[1], 16), int(piece[2], 16)) for piece in pieces if piece]
    with (process / "mem").open("rb", buffering=0) as memory:
        for start, end in edges:
            memory.seek(start)
            yield memory.read(end - start)


def test_her_words_reach_no_request(told: Told) -> None:
    assert len([body for body in told.bodies if len(body) > 16_384]) >= 3
    assert not [len(body) for body in told.bodies if has_marker(body)]


def test_her_words_reach_no_address(told: Told) -> None:
    assert not [url for url in told.addresses if MARKER in url]


def test_her_words_reach_no_file_of_the_front(told: Told) -> None:
    files = [path for path in told.stand.operator.folder.rglob("*") if path.is_file()]

    assert [path.name for path in files if path.name.startswith("front.sqlite3")]
    assert not [path.name for path in files if has_marker(path.read_bytes())]


def test_her_words_reach_no_memory_of_the_front(told: Told) -> None:
    processes = front_processes(told.stand)

    assert len(processes) == 2
    assert not [one.name for one in processes if any(map(has_marker, memory_of(one)))]


def test_the_search_finds_what_is_there(told: Told) -> None:
    """Prove that the search would have found it: the public key is in the front's folder."""
    public = (told.stand.operator.folder / "front" / "root.pub").read_bytes()
    [front, *_rest] = front_processes(told.stand)

    assert any(b"oberih" in piece for piece in memory_of(front))
    assert any(public in path.read_bytes() for path in told.stand.operator.folder.rglob("*.pub"))
