"""Files of strangers: drawn anew, read with limits, or not shown."""

import io
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from running_ring import wait_for

from oberih.core.errors import OberihError
from oberih.sandbox.client import Sandbox, SandboxAway
from oberih.sandbox.confine import has_seccomp
from oberih.sandbox.kinds import Kind
from oberih.sandbox.png import NotOurPng, checked_size
from oberih.sandbox.refusals import NotAChat, NotShown, TooLarge

SERVE = "import sys; from pathlib import Path; from oberih.sandbox.serve import serve; "


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """Start the sandbox in a process whose environment holds a secret; return socket and pid."""
    at = tmp_path_factory.mktemp("run") / "sandbox.sock"
    environment = {**os.environ, "OBERIH_DESK_DATABASE": "postgresql://desk:sesame@host/desk"}
    command = [sys.executable, "-c", SERVE + "sys.exit(serve(at=Path(sys.argv[1])))", str(at)]
    process = subprocess.Popen(command, env=environment)  # noqa: S603  # our own fixed command
    wait_for(at.exists)
    yield at, process.pid
    process.terminate()
    assert process.wait(timeout=10) == 0


@pytest.fixture(scope="module")
def sandbox(process: tuple[Path, int]) -> Sandbox:
    return Sandbox(process[0])


def test_the_sandbox_does_not_hold_what_it_was_started_with(process: tuple[Path, int]) -> None:
    environment = Path(f"/proc/{process[1]}/environ").read_bytes()

    assert b"sesame" not in environment
    assert b"OBERIH" not in environment


def picture(form: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> bytes:
    buffer = io.BytesIO()
    image = Image.effect_noise(size, 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    image.save(buffer, format=form, exif=exif)
    return buffer.getvalue()


def giant_png() -> bytes:
    """Return a few hundred kilobytes that claim and decode to 400 million pixels."""
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, format="PNG", compress_level=9)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew_without_what_its_camera_wrote(sandbox: Sandbox, form: str) -> None:
    drawn = sandbox.render_image(picture(form))

    assert b"taken at home" not in drawn.png + drawn.blurred
    assert Image.open(io.BytesIO(drawn.png)).size == (640, 480)


def test_a_large_picture_becomes_at_most_1600_pixels_long(sandbox: Sandbox) -> None:
    size = sandbox.render_image(picture(size=(4000, 1000))).size

    assert (size.width, size.height) == (1600, 400)


def test_the_blurred_form_keeps_nothing_fine(sandbox: Sandbox) -> None:
    drawn = sandbox.render_image(picture(size=(600, 600)))

    sharp, blurred = (
        Image.open(io.BytesIO(one)).convert("L") for one in (drawn.png, drawn.blurred)
    )
    low, high = blurred.resize((600, 600)).getextrema()
    assert sharp.getextrema()[1] - sharp.getextrema()[0] > 4 * (high - low)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7 /JS (alert)",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"\xff\xd8\xff" + b"\xe0" * 1000,
        b"",
        b"II*\0 a TIFF",
        b"8BPS a layered file",
    ],
)
def test_what_is_no_plain_picture_is_not_shown(sandbox: Sandbox, content: bytes) -> None:
    with pytest.raises(NotShown):
        sandbox.render_image(content)


def test_a_picture_bomb_is_too_large_and_the_next_picture_is_drawn(sandbox: Sandbox) -> None:
    with pytest.raises(TooLarge):
        sandbox.render_image(giant_png())

    assert sandbox.render_image(picture()).size.width == 640


def test_a_zip_bomb_is_too_large(sandbox: Sandbox) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", b" " * (200 << 20))

    with pytest.raises(TooLarge):
        sandbox.read_chat(buffer.getvalue())


def test_an_archive_without_an_export_is_not_a_chat(sandbox: Sandbox) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../etc/passwd", b"x")

    with pytest.raises(NotAChat):
        sandbox.read_chat(buffer.getvalue())


def test_a_chat_inside_an_archive_is_read(sandbox: Sandbox) -> None:
    lines = "02.11.2026, 10:00 - Ada: good day\n02.11.2026, 10:01 - Boris: who is this?\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("WhatsApp Chat/_chat.txt", lines)

    (chat,) = sandbox.read_chat(buffer.getvalue(), form="whatsapp", me="Boris")
    assert [message.sender for message in chat.messages] == ["them", "me"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"OggS....", Kind.AUDIO),
        (b"\0\0\0 ftypM4A ", Kind.AUDIO),
        (b"\0\0\0 ftypisom", Kind.VIDEO),
        (b"RIFF\0\0\0\0WEBP", Kind.IMAGE),
        (b"%PDF-1.4", Kind.PDF),
        (b"PK\x03\x04", Kind.ARCHIVE),
        ("привіт".encode(), Kind.TEXT),
        (b"\0\1\2", Kind.OTHER),
        (b"", Kind.OTHER),
    ],
)
def test_a_file_is_named_by_its_bytes(sandbox: Sandbox, content: bytes, kind: Kind) -> None:
    assert sandbox.inspect(content) is kind


def test_the_sandbox_says_what_holds_it(sandbox: Sandbox) -> None:
    held = sandbox.confinement()

    assert held.has_own_network or os.geteuid() != 0
    assert held.has_seccomp == has_seccomp()


def test_a_sandbox_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SandboxAway):
        Sandbox(tmp_path / "none.sock").inspect(b"x")


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda png: png + b"<script>", id="something behind the end"),
        pytest.param(lambda png: png[:-12], id="no end"),
        pytest.param(lambda png: png[:40] + b"\0" + png[41:], id="a flipped bit"),
        pytest.param(
            lambda png: png[:33] + chunk(b"tEXt", b"Comment\0hello") + png[33:], id="a text"
        ),
        pytest.param(
            lambda png: (
                png[:8] + chunk(b"IHDR", b"\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0") + png[33:]
            ),
            id="a giant size",
        ),
        pytest.param(lambda png: b"GIF89a" + png, id="another format"),
        pytest.param(lambda png: png[:0], id="nothing"),
    ],
)
def test_a_result_that_is_not_our_own_kind_of_picture_is_refused(change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(buffer, format="PNG")
    assert checked_size(buffer.getvalue()).width == 40

    with pytest.raises(NotOurPng):
        checked_size(change(buffer.getvalue()))


def test_a_png_with_a_comment_is_refused() -> None:
    comment = PngInfo()
    comment.add_text("Author", "somebody")
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, format="PNG", pnginfo=comment)

    with pytest.raises(NotOurPng):
        checked_size(buffer.getvalue())


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=400), position=st.integers(0, 5000), byte=st.integers(0, 255))
def test_no_file_brings_the_sandbox_down(
    sandbox: Sandbox, content: bytes, position: int, byte: int
) -> None:
    broken = bytearray(picture("PNG", size=(30, 30)))
    broken[position % len(broken)] = byte
    attempts = (content, bytes(broken), bytes(broken[: position % len(broken)]))
    refusals = {refusal_of(sandbox.render_image, attempt) for attempt in attempts}

    assert refusals <= {None, NotShown, TooLarge, NotOurPng}
    assert sandbox.inspect(b"%PDF-") is Kind.PDF


def refusal_of(job: Callable[[bytes], object], content: bytes) -> type[OberihError] | None:
    try:
        job(content)
    except OberihError as error:
        return type(error)
    return None
