"""The one form of sound that leaves the sandbox: 16-bit samples, one voice, 16,000 a second.

A file of it is a fixed header and numbers; that is checked from outside, byte by byte.
"""

import struct

from oberih.core.errors import Refused

RATE = 16_000
SAMPLE_BYTES = 2
LONGEST_SECONDS = 900
HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_FORMAT_LENGTH, _PCM, _ONE_VOICE, _BITS = 16, 1, 1, 16


class NotOurWav(Refused):
    """The sandbox gave back something that is not one of its own recordings."""


def wav(samples: bytes) -> bytes:
    """Return samples as a file."""
    return _header(len(samples)) + samples


def checked_wav(content: bytes) -> bytes:
    """Return a file that is nothing but our header and samples; raises NotOurWav."""
    length = len(content) - HEADER.size
    if length < 0 or length % SAMPLE_BYTES or length > LONGEST_SECONDS * RATE * SAMPLE_BYTES:
        raise NotOurWav
    if content[: HEADER.size] != _header(length):
        raise NotOurWav
    return content


def _header(length: int) -> bytes:
    second = RATE * SAMPLE_BYTES
    return HEADER.pack(
        *(b"RIFF", HEADER.size - 8 + length, b"WAVE", b"fmt ", _FORMAT_LENGTH, _PCM, _ONE_VOICE),
        *(RATE, second, SAMPLE_BYTES, _BITS, b"data", length),
    )
