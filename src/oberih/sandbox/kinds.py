"""What a file is by its first bytes: the name and type that came with it are never believed."""

from enum import StrEnum


class Kind(StrEnum):
    """A closed list; whatever is not recognised is OTHER and is not shown."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    PDF = "pdf"
    ARCHIVE = "archive"
    TEXT = "text"
    OTHER = "other"


BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": Kind.IMAGE,
    b"\xff\xd8\xff": Kind.IMAGE,
    b"GIF87a": Kind.IMAGE,
    b"GIF89a": Kind.IMAGE,
    b"OggS": Kind.AUDIO,
    b"ID3": Kind.AUDIO,
    b"\xff\xfb": Kind.AUDIO,
    b"\xff\xf3": Kind.AUDIO,
    b"fLaC": Kind.AUDIO,
    b"#!AMR": Kind.AUDIO,
    b"\x1a\x45\xdf\xa3": Kind.VIDEO,
    b"%PDF-": Kind.PDF,
    b"PK\x03\x04": Kind.ARCHIVE,
}
RIFF = {b"WEBP": Kind.IMAGE, b"WAVE": Kind.AUDIO, b"AVI ": Kind.VIDEO}
BOX_AUDIO = {b"M4A ": Kind.AUDIO, b"M4B ": Kind.AUDIO}
SAMPLE = 4096


def kind_of(content: bytes) -> Kind:
    """Return what the bytes look like; nothing is decoded."""
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF":
        return RIFF.get(content[8:12], Kind.OTHER)
    if content[4:8] == b"ftyp":
        return BOX_AUDIO.get(content[8:12], Kind.VIDEO)
    return Kind.TEXT if _is_text(content[:SAMPLE]) else Kind.OTHER


def _is_text(sample: bytes) -> bool:
    """Tell whether this begins like UTF-8 text (a character may be cut at the sample's end)."""
    if b"\0" in sample or not sample:
        return False
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 3
    return True
