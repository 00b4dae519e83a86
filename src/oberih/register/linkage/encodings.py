"""Which encoding a file of text is in: UTF-8, UTF-16, Windows-1251 or -1250, KOI8-U."""

import codecs
import re
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRETCH = 1 << 20
_MIXED = re.compile(r"[a-z][Ѐ-ӿ]|[Ѐ-ӿ][a-z]", re.IGNORECASE)
_CYRILLIC = re.compile(r"\b[Ѐ-ӿ]{3,}\b")
_NAMES = re.compile(r"\b[А-ЯҐЄІЇЁ][а-яґєіїё]{2,}")
_TURNED = re.compile(r"\b[а-яґєіїё][А-ЯҐЄІЇЁ]{2,}")


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
    return "utf-8" if _is_utf8(path) else _of_one_byte(path)


def _of_one_byte(path: Path) -> str:
    """Return the encoding of one byte a letter in which the words look like words.

    Read as Windows-1251, a Polish or German list has words of two scripts, and one in KOI8 has
    small letters where capitals belong.
    """
    with path.open(encoding="cp1251", errors="replace") as stream:
        text = stream.read(_STRETCH)
    if len(_MIXED.findall(text)) > len(_CYRILLIC.findall(text)):
        return "cp1250"
    return "koi8_u" if len(_TURNED.findall(text)) > len(_NAMES.findall(text)) else "cp1251"


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
