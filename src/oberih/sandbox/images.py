"""Pictures, decoded and drawn anew: no metadata, no animation, no second format inside."""

import io
import warnings
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageOps

from oberih.sandbox.refusals import NotShown, TooLarge

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
BLURRED_TO = 24
"""A blurred picture holds 24 points on its longer side: nobody recognises a face in it."""

_SIDE = 8
_FEWEST_BITS = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture and its blurred form, both as PNG with nothing but pixels."""

    png: bytes
    blurred: bytes


def draw(content: bytes) -> Drawn:
    """Return the first frame of a picture, upright, at most 1600 pixels; raises NotShown, TooLarge.

    Scripts, links and fonts have no place in these formats: SVG, PDF and HTML are not shown.
    """
    try:
        picture = _decoded(content)
    except Image.DecompressionBombError as error:
        raise TooLarge from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError) as error:
        raise NotShown from error  # Pillow's ways of saying that a file is broken
    return drawn_of(picture)


def drawn_of(picture: Image.Image) -> Drawn:
    """Return a picture that was made here, and its blurred form."""
    return Drawn(_encoded(picture), _encoded(_blurred(picture)))


def fingerprint(content: bytes) -> str:
    """Return 64 bits of what a picture looks like as 16 hex digits; empty for a plain surface.

    Each bit says whether a point of the picture, shrunk to 9 x 8 greys, is lighter than the point
    to its left: the same after another size, another compression or a caption's worth of change.
    Raises NotShown, TooLarge. It recognises pictures, never faces.
    """
    try:
        grey = _decoded(content).convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX)
    except Image.DecompressionBombError as error:
        raise TooLarge from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError) as error:
        raise NotShown from error
    rows = [grey.crop((0, row, _SIDE + 1, row + 1)).tobytes() for row in range(_SIDE)]
    bits = [left < right for row in rows for left, right in pairwise(row)]
    if not _FEWEST_BITS <= sum(bits) <= len(bits) - _FEWEST_BITS:
        return ""
    return f"{sum(bit << place for place, bit in enumerate(reversed(bits))):016x}"


def prepare() -> None:
    """Load every decoder now: later, no file can be opened."""
    for name in FORMATS:
        buffer = io.BytesIO()
        Image.new("RGB", (2, 2)).save(buffer, format=name)
        draw(buffer.getvalue())


def _decoded(content: bytes) -> Image.Image:
    with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        warnings.simplefilter("ignore")
        if opened.width * opened.height > MOST_PIXELS:
            raise TooLarge
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened.convert("RGBA")) or opened
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper


def _blurred(picture: Image.Image) -> Image.Image:
    small = picture.copy()
    small.thumbnail((BLURRED_TO, BLURRED_TO))
    return small.resize(picture.size, Image.Resampling.BICUBIC)


def _encoded(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue()
