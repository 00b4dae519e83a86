from pathlib import Path

import brotli
import pytest
from django.test import Client

from .conftest import THIS_WEEK, Answer, Courier, Operator, Reporter

NOTE = b"a signed file\n" * 100


def get(path: str, **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().get(f"/published/{path}", headers=sent)


def test_a_published_file_is_served_to_any_origin(courier: Courier) -> None:
    answer = courier.publish("alerts/1.note", NOTE)

    read = get("alerts/1.note")
    assert answer.status_code == 201
    assert (read.status_code, read.content) == (200, NOTE)
    assert read["Access-Control-Allow-Origin"] == "*"
    assert read["Content-Type"] == "text/plain; charset=utf-8"
    assert read["ETag"] == answer.json()["etag"]


def test_a_reader_who_takes_brotli_gets_it_with_a_tag_of_its_own(courier: Courier) -> None:
    courier.publish("alerts/1.note", NOTE)

    packed = get("alerts/1.note", accept_encoding="gzip, br")

    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == NOTE
    assert packed["ETag"] != get("alerts/1.note")["ETag"]
    assert packed["Vary"] == "Accept-Encoding"


def test_a_reader_who_refuses_brotli_gets_the_plain_file(courier: Courier) -> None:
    courier.publish("alerts/1.note", NOTE)

    assert get("alerts/1.note", accept_encoding="br;q=0").content == NOTE


def test_a_reader_who_has_it_is_told_so(courier: Courier) -> None:
    courier.publish("alerts/1.note", NOTE)
    known = get("alerts/1.note")["ETag"]

    again = get("alerts/1.note", if_none_match=f'"other", {known}')

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == known


def test_a_new_edition_replaces_the_old_one(courier: Courier) -> None:
    courier.publish("alerts.atom", b"<feed>old</feed>")
    known = get("alerts.atom")["ETag"]

    courier.publish("alerts.atom", b"<feed>new</feed>")

    assert get("alerts.atom", if_none_match=known).content == b"<feed>new</feed>"
    assert get("alerts.atom")["Content-Type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize(
    "target",
    [
        "../root.pub",
        "alerts/../../root.pub",
        "/etc/x.note",
        "alerts//x.note",
        "alerts/.x.note",
        "alerts/x.note/",
        "alerts/%2e%2e/x.note",
        "a/b/c/d/e.note",
        "page.html",
        "script.js",
        "x.note.br",
        "x",
        "",
        "X.note",
        "é.note",
    ],
)
def test_nothing_is_published_outside_the_folder_or_that_a_browser_would_run(
    courier: Courier, folder: Path, target: str
) -> None:
    before = sorted(folder.rglob("*"))

    answer = courier.publish(target, b"x") if target.isascii() else courier.publish("é", b"x")

    assert answer.status_code in {401, 404}
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "path",
    ["../root.pub", "..%2froot.pub", "recipients/../../courier.pub", "none.note", "%00.note"],
)
def test_nothing_is_served_from_outside_the_folder(path: str) -> None:
    answer = get(path)

    assert answer.status_code == 404
    assert answer.json()["error"] == "not-found"


def test_the_place_of_a_file_is_signed(courier: Courier, folder: Path) -> None:
    headers = courier.headers("/api/courier/publish#alerts/1.note", body=NOTE)

    answer = courier.post("publish", NOTE, headers={**headers, "X-Oberih-Path": "numbers.note"})

    assert answer.status_code == 401
    assert not (folder / "published" / "numbers.note").exists()


def test_no_half_written_file_is_left_or_served(courier: Courier, folder: Path) -> None:
    courier.publish("alerts/1.note", NOTE)

    names = {path.name for path in (folder / "published" / "alerts").iterdir()}

    assert names == {"1.note", "1.note.br"}


def test_a_published_recipient_opens_its_week_at_once(
    courier: Courier, olha: Reporter, folder: Path, operator: Operator
) -> None:

    current = folder / "published" / "recipients" / f"{THIS_WEEK}.note"
    current.unlink()
    closed = olha.send(olha.envelope())

    courier.publish(f"recipients/{current.name}", operator.note(THIS_WEEK))

    assert (closed.status_code, olha.send(olha.envelope()).status_code) == (409, 201)


@pytest.mark.parametrize(
    "target", ["log/checkpoint", "log/tile/0/x001/067", "log/tile/entries/000"]
)
def test_files_of_the_public_log_are_served_as_bytes(courier: Courier, target: str) -> None:
    assert courier.publish(target, b"tile").status_code == 201

    assert get(target).content == b"tile"
    assert get(target)["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("target", ["log/../root.pub", "log/x.html", "log", "log/tile/0/067.q/5"])
def test_nothing_else_is_published_among_them(courier: Courier, target: str) -> None:
    assert courier.publish(target, b"x").status_code == 404


def test_the_narrowest_of_many_partial_tiles_are_forgotten(courier: Courier, folder: Path) -> None:
    for width in range(1, 21):
        courier.publish(f"log/tile/0/000.p/{width}", bytes(32 * width))

    kept = (folder / "published" / "log" / "tile" / "0" / "000.p").iterdir()

    plain = sorted(int(file.name) for file in kept if file.suffix != ".br")
    assert plain == list(range(5, 21))
