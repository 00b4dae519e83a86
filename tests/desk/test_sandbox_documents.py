"""Documents become pictures of pages, films sheets of stills, sound plain samples."""

import io
import subprocess
import sys
import zlib
from collections.abc import Iterator

import av
import pytest
from PIL import Image
from running_ring import wait_for

from oberih.core.errors import OberihError
from oberih.sandbox.client import Sandbox
from oberih.sandbox.refusals import JobDied, NotShown, TooLarge
from oberih.sandbox.wav import NotOurWav, checked_wav, wav

SERVE = "import sys; from pathlib import Path; from oberih.sandbox.serve import serve; "
SECOND = bytes(32_000)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    at = tmp_path_factory.mktemp("run") / "sandbox.sock"
    command = [sys.executable, "-c", SERVE + "sys.exit(serve(at=Path(sys.argv[1])))", str(at)]
    process = subprocess.Popen(command)  # noqa: S603  # our own fixed command
    wait_for(at.exists)
    yield Sandbox(at)
    process.terminate()
    process.wait(timeout=10)


def pdf(*objects: bytes, pages: int = 1, box: bytes = b"[0 0 200 100]") -> bytes:
    """Return a document whose pages all show the same; the objects come behind the pages."""
    kids = b" ".join(b"3 0 R" for _ in range(pages))
    contents = b"/Contents 4 0 R" if objects else b""
    listed = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox %s%s>>" % (box, contents),
        *objects,
    ]
    whole = b"%PDF-1.7\n"
    for number, one in enumerate(listed, start=1):
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    return whole + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(listed) + 1)


def stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return head + packed + b"\nendstream"


def film(*, sound: bool = True) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska") as made:
        seen = made.add_stream("mpeg4", rate=5)
        seen.width, seen.height, seen.pix_fmt = 320, 240, "yuv420p"
        heard = made.add_stream("pcm_s16le", rate=16_000) if sound else None
        for shade in range(20):
            picture = Image.new("RGB", (320, 240), (shade * 12, 0, 90))
            made.mux(seen.encode(av.VideoFrame.from_image(picture)))
        made.mux(seen.encode())
        if heard is not None:
            frame = av.AudioFrame(format="s16", layout="mono", samples=16_000)
            frame.planes[0].update(SECOND)
            frame.rate = 16_000
            made.mux(heard.encode(frame))
    return buffer.getvalue()


def test_a_page_is_drawn_and_its_script_stays_behind(sandbox: Sandbox) -> None:
    page = sandbox.render_page(pdf(stream(b"1 0 0 rg 0 0 100 100 re f")), number=0)

    drawn = Image.open(io.BytesIO(page.picture.png)).convert("RGB")
    assert page.pages == 1
    assert drawn.getpixel((5, drawn.height // 2)) == (255, 0, 0)
    assert drawn.getpixel((drawn.width - 5, drawn.height // 2)) == (255, 255, 255)


def test_a_page_that_is_not_there_is_not_shown(sandbox: Sandbox) -> None:
    with pytest.raises(NotShown):
        sandbox.render_page(pdf(), number=1)


def test_a_page_of_miles_becomes_at_most_1600_pixels(sandbox: Sandbox) -> None:
    page = sandbox.render_page(pdf(box=b"[0 0 2000000 1000]"), number=0)

    assert page.picture.size.width <= 1600


def test_a_document_of_thousands_of_pages_is_too_large(sandbox: Sandbox) -> None:
    with pytest.raises(TooLarge):
        sandbox.render_page(pdf(pages=5_000), number=0)


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(pdf(stream(b"0 0 1 1 re f " * 24_000_000)), id="a stream of 300 MB"),
        pytest.param(b"%PDF-1.7\n" + b"[" * 500_000, id="half a million brackets"),
        pytest.param(pdf(stream(b"q " * 5_000_000)), id="five million saved states"),
    ],
)
def test_a_pdf_bomb_hurts_nobody_and_the_next_page_is_drawn(sandbox: Sandbox, bomb: bytes) -> None:
    try:
        assert sandbox.render_page(bomb, number=0).picture.size.width <= 1600
    except OberihError as error:
        assert isinstance(error, JobDied | NotShown | TooLarge)  # noqa: PT017  # either is fine

    assert sandbox.render_page(pdf(), number=0).pages == 1


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04 a word file with macros",
        b"",
    ],
)
def test_a_svg_with_script_is_neither_picture_page_film_nor_sound(
    sandbox: Sandbox, content: bytes
) -> None:
    for shown in (sandbox.render_image, sandbox.stills, sandbox.sound):
        with pytest.raises(NotShown):
            shown(content)
    with pytest.raises(NotShown):
        sandbox.render_page(content, number=0)


def test_a_film_becomes_one_sheet_of_stills_without_its_sound(sandbox: Sandbox) -> None:
    sheet = sandbox.stills(film())

    assert sheet.size.width == 1280
    assert Image.open(io.BytesIO(sheet.png)).format == "PNG"


def test_the_sound_of_a_film_is_plain_samples(sandbox: Sandbox) -> None:
    heard = sandbox.sound(film())

    assert heard[:4] == b"RIFF"
    assert abs(len(heard) - 32_044) < 3_200


def test_a_silent_film_has_no_sound_to_show(sandbox: Sandbox) -> None:
    with pytest.raises(NotShown):
        sandbox.sound(film(sound=False))


def test_a_broken_film_is_not_shown_and_the_next_one_is(sandbox: Sandbox) -> None:
    broken = film()[:700] + b"\xff" * 400

    with pytest.raises(OberihError):
        sandbox.stills(broken)
    assert sandbox.stills(film()).size.width == 1280


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(wav(SECOND) + b"<script>", id="something behind the end"),
        pytest.param(wav(SECOND).replace(b"data", b"LIST"), id="another chunk"),
        pytest.param(wav(SECOND)[:-2], id="cut off"),
        pytest.param(b"OggS", id="another format"),
    ],
)
def test_a_result_that_is_not_our_own_kind_of_sound_is_refused(odd: bytes) -> None:
    assert checked_wav(wav(SECOND))

    with pytest.raises(NotOurWav):
        checked_wav(odd)
