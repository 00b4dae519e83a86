"""Checks a PNG file from outside: its frame alone, without decoding a pixel.

What the sandbox gives back is re-checked by this in the desk's process, since a hostile file may
have taken the sandbox over: the result is then at worst a wrong picture.
"""

import zlib
from dataclasses import dataclass

from oberih.core.errors import Refused

SIGNATURE = b"\x89PNG\r\n\x1a\n"
ALLOWED = {b"IHDR", b"IDAT", b"IEND"}
LONGEST_SIDE = 2048
LARGEST_FILE = 24 * 1024 * 1024
HEADER_LENGTH = 13
FRAME = 12


class NotOurPng(Refused):
    """The sandbox gave back something that is not one of its own pictures."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def checked_size(png: bytes) -> Size:
    """Return the size of a PNG with nothing but header and pixels in it; raises NotOurPng."""
    if not png.startswith(SIGNATURE) or len(png) > LARGEST_FILE:
        raise NotOurPng
    names, position = [], len(SIGNATURE)
    while position < len(png):
        name, length = _chunk(png, position=position)
        names.append(name)
        position += FRAME + length
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or names.count(b"IEND") != 1:
        raise NotOurPng
    return _size(png)


def _chunk(png: bytes, *, position: int) -> tuple[bytes, int]:
    length = int.from_bytes(png[position : position + 4], "big")
    body = png[position + 4 : position + 8 + length]
    checksum = png[position + 8 + length : position + FRAME + length]
    name = body[:4]
    if name not in ALLOWED or len(body) != length + 4:
        raise NotOurPng
    if zlib.crc32(body).to_bytes(4, "big") != checksum:
        raise NotOurPng
    return name, length


def _size(png: bytes) -> Size:
    start = len(SIGNATURE) + 8
    if int.from_bytes(png[start - 8 : start - 4], "big") != HEADER_LENGTH:
        raise NotOurPng
    size = Size(
        int.from_bytes(png[start : start + 4], "big"),
        int.from_bytes(png[start + 4 : start + 8], "big"),
    )
    if not (0 < size.width <= LONGEST_SIDE and 0 < size.height <= LONGEST_SIDE):
        raise NotOurPng
    return size
