"""Which encoding a file of text is in: UTF-8, UTF-16 or else Windows-1251."""

import codecs
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRETCH = 1 << 20


def encoding_of(path: Path) -> str:
    """Return the name under which Python reads the file; the whole file decides."""
    with path.open("rb") as stream:
        start = stream.read(4)
        marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
        if marked:
            return marked
        if start[1::2] == b"\0\0":
            return "utf-16-le"
        if start[::2] == b"\0\0":
            return "utf-16-be"
    return "utf-8" if _is_utf8(path) else "cp1251"


def _is_utf8(path: Path) -> bool:
    try:
        _read_through(path)
    except UnicodeDecodeError:
        return False
    return True


def _read_through(path: Path) -> None:
    with path.open(encoding="utf-8") as stream:
        while stream.read(_STRETCH):
            pass
