"""Promises of the short way: the same answers as Django gives, never an old or another file."""

import http.client
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client

from oberih.front.published import publish, read_path
from oberih.front.shelf import Shelf

from .conftest import Operator
from .running import RunningFront
from .running import running as running_front

NOTE = b"a signed file\n" * 100
APART = {"date", "server", "content-length", "connection", "transfer-encoding"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningFront]:
    data = tmp_path_factory.mktemp("shelf")
    with running_front(RunningFront(data), operator=Operator()) as started:
        yield started


def written(folder: Path, name: str, content: bytes) -> None:
    publish(read_path(name), content=content, folder=folder)


def asked(front: RunningFront, name: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent = {one.replace("_", "-"): value for one, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", front.port, timeout=20)) as connection:
        connection.request("GET", f"/published/{name}", headers=sent)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()


@pytest.mark.parametrize("headers", [{}, {"accept_encoding": "br"}, {"accept_encoding": "br;q=0"}])
@pytest.mark.parametrize("name", ["alerts/1.note", "alerts.json", "alerts.atom", "a/1.bin"])
def test_the_short_way_answers_as_django_does(
    running: RunningFront, name: str, headers: dict[str, str]
) -> None:
    written(running.data / "front" / "published", name, NOTE)
    written(settings.PUBLISHED, name, NOTE)
    sent = {one.replace("_", "-"): value for one, value in headers.items()}

    status, found, content = asked(running, name, **headers)
    other = Client().get(f"/published/{name}", headers=sent)

    theirs = {
        one.lower(): value for one, value in other.headers.items() if one.lower() not in APART
    }
    mine = {one: value for one, value in found.items() if one not in APART}
    assert (status, content, mine) == (other.status_code, other.content, theirs)


def test_a_replaced_file_shows_at_once(running: RunningFront) -> None:
    folder = running.data / "front" / "published"
    written(folder, "alerts/2.note", NOTE)
    asked(running, "alerts/2.note", accept_encoding="br")

    written(folder, "alerts/2.note", b"newer")

    packed = asked(running, "alerts/2.note", accept_encoding="br")[2]
    assert asked(running, "alerts/2.note")[2] == b"newer"
    assert brotli.decompress(packed) == b"newer"


def test_a_reader_who_has_it_gets_no_body(running: RunningFront) -> None:
    written(running.data / "front" / "published", "alerts/3.note", NOTE)
    tag = asked(running, "alerts/3.note")[1]["etag"]

    status, _headers, content = asked(running, "alerts/3.note", if_none_match=tag)

    assert (status, content) == (304, b"")


@pytest.mark.parametrize("name", ["../front.sqlite3", "alerts/../../root.pub", "nothing.note", ""])
def test_what_is_not_published_is_not_there(running: RunningFront, name: str) -> None:
    assert asked(running, name)[0] == 404


def test_a_removed_file_is_gone(running: RunningFront) -> None:
    folder = running.data / "front" / "published"
    written(folder, "alerts/4.note", NOTE)
    asked(running, "alerts/4.note")

    for name in ("4.note", "4.note.br"):
        os.unlink(folder / "alerts" / name)  # noqa: PTH108  # the front has it open by no handle

    assert asked(running, "alerts/4.note")[0] == 404


@dataclass
class Asked:
    """A request as the server hands it over."""

    path: str
    method: str = "GET"
    query_string: str = ""
    scheme: str = "http"
    client: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def test_memory_stays_within_its_bound(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, most_bytes=3_000)

    for number in range(9):
        written(tmp_path, f"alerts/{number}.note", NOTE)
        answer = shelf.answer(Asked(f"/published/alerts/{number}.note"))
        assert answer is not None
        assert answer.body == NOTE

    assert shelf.held <= 3_000
