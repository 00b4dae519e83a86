"""Films as a sheet of stills and sound as plain samples: nothing of the file itself comes along.

Decoding runs in one thread: a confined child may start no other.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import islice

import av
from av.audio.resampler import AudioResampler
from PIL import Image

from oberih.sandbox.images import MOST_PIXELS, Drawn, drawn_of
from oberih.sandbox.refusals import NotShown, TooLarge
from oberih.sandbox.wav import LONGEST_SECONDS, RATE, SAMPLE_BYTES, wav

COLUMNS, ROWS = 4, 3
TILE = 400
MOST_FRAMES = 20_000


def stills(content: bytes) -> Drawn:
    """Return up to twelve pictures of a film, evenly spread, on one sheet; raises NotShown."""
    try:
        found = list(_spread(content))
    except (av.FFmpegError, ValueError, OSError) as error:
        raise NotShown from error
    if not found:
        raise NotShown
    return drawn_of(_sheet(found))


def sound(content: bytes) -> bytes:
    """Return what is heard in the first 15 minutes as WAV; raises NotShown for silence."""
    most = LONGEST_SECONDS * RATE * SAMPLE_BYTES
    try:
        samples = _first(most, pieces=_samples(content))
    except (av.FFmpegError, ValueError, OSError) as error:
        raise NotShown from error
    if not samples:
        raise NotShown
    return wav(samples)


def _first(most: int, *, pieces: Iterable[bytes]) -> bytes:
    """Join pieces until there are enough bytes; the rest is never decoded."""
    joined = bytearray()
    for piece in pieces:
        joined += piece
        if len(joined) >= most:
            break
    return bytes(joined[:most])


def prepare() -> None:
    """Decode a second of made-up film and sound now: later, no file can be opened."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska") as made:
        stream = made.add_stream("mpeg4", rate=2)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for frame in (av.VideoFrame(64, 64, "yuv420p") for _ in range(2)):
            made.mux(stream.encode(frame))
        made.mux(stream.encode())
    stills(buffer.getvalue())
    sound(wav(bytes(RATE * SAMPLE_BYTES)))


def _spread(content: bytes) -> Iterator[Image.Image]:
    """Yield the frames at even steps; a film without a stated length gives its first ones."""
    with av.open(io.BytesIO(content), "r") as film:
        stream = next(iter(film.streams.video), None)
        if stream is None:
            raise NotShown
        if stream.width * stream.height > MOST_PIXELS:
            raise TooLarge
        stream.thread_type, stream.thread_count = "NONE", 1
        step = float(film.duration or 0) / av.time_base / (COLUMNS * ROWS)
        frames = islice(film.decode(stream), MOST_FRAMES)
        yield from islice(_at_steps(frames, step=step), COLUMNS * ROWS)


def _at_steps(frames: Iterable[av.VideoFrame], *, step: float) -> Iterator[Image.Image]:
    due = 0.0
    for frame in frames:
        if frame.time is None or frame.time >= due:
            due = (frame.time or 0.0) + step
            yield _small(frame)


def _small(frame: av.VideoFrame) -> Image.Image:
    scale = min(1.0, TILE / max(frame.width, frame.height))
    picture: Image.Image = frame.to_image(  # type: ignore[no-untyped-call]  # av leaves it untyped
        width=max(1, round(frame.width * scale)),
        height=max(1, round(frame.height * scale)),
        threads=1,
    )
    return picture.convert("RGB")


def _sheet(found: list[Image.Image]) -> Image.Image:
    width, height = max(one.width for one in found), max(one.height for one in found)
    rows = -(-len(found) // COLUMNS)
    sheet = Image.new("RGB", (width * min(COLUMNS, len(found)), height * rows), "black")
    for number, one in enumerate(found):
        sheet.paste(one, (number % COLUMNS * width, number // COLUMNS * height))
    return sheet


def _samples(content: bytes) -> Iterator[bytes]:
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(io.BytesIO(content), "r") as heard:
        stream = next(iter(heard.streams.audio), None)
        if stream is None:
            return
        stream.codec_context.thread_count = 1
        for frame in heard.decode(stream):
            yield b"".join(_bytes_of(piece) for piece in resampler.resample(frame))


def _bytes_of(piece: av.AudioFrame) -> bytes:
    return bytes(piece.planes[0])[: piece.samples * SAMPLE_BYTES]
