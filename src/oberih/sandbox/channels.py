"""An exported Telegram channel, alone or in an archive with its pictures, as plain posts.

Nothing is fetched: links stay text, and a picture is looked at for its fingerprint alone.
"""

import io
import json
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from oberih.core.canonical import Json
from oberih.sandbox import images
from oberih.sandbox.kinds import Kind, kind_of
from oberih.sandbox.refusals import NotAChat, NotShown, TooLarge

LARGEST = 64 * 1024 * 1024
LARGEST_PICTURE = 16 * 1024 * 1024
MOST_POSTS = 20_000
MOST_PICTURES = 2_000
LONGEST_POST = 4_000
MANIFEST = "result.json"


def read_posts(content: bytes) -> Json:
    """Return the posts: number, day, text, pictures' fingerprints. Raises NotAChat, TooLarge."""
    if kind_of(content) is not Kind.ARCHIVE:
        return list(_posts(_exported(content), files={}))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _from_archive(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotAChat from error


def prepare() -> None:
    """Read one small channel: later, no module can be loaded any more."""
    sample = {
        "messages": [{"id": 1, "type": "message", "date": "2026-11-02T10:00:00", "text": "a"}]
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(sample))
    read_posts(buffer.getvalue())


def _from_archive(archive: zipfile.ZipFile) -> Json:
    name = next((one for one in archive.namelist() if posixpath.basename(one) == MANIFEST), None)
    if name is None:
        raise NotAChat
    exported = _exported(_member(archive, name=name, most=LARGEST))
    return list(_posts(exported, files=_pictures(archive, beside=posixpath.dirname(name))))


def _pictures(archive: zipfile.ZipFile, *, beside: str) -> Mapping[str, str]:
    """Return the fingerprint of each picture by its path in the export."""
    found: dict[str, str] = {}
    names = [one for one in archive.namelist() if one.lower().endswith((".jpg", ".jpeg", ".png"))]
    if len(names) > MOST_PICTURES:
        raise TooLarge
    for name in names:
        fingerprint = _fingerprint(_member(archive, name=name, most=LARGEST_PICTURE))
        if fingerprint:
            found[posixpath.relpath(name, beside or ".")] = fingerprint
    return found


def _fingerprint(content: bytes) -> str:
    try:
        return images.fingerprint(content)
    except (NotShown, TooLarge):
        return ""


def _member(archive: zipfile.ZipFile, *, name: str, most: int) -> bytes:
    """Return a member; what is inside says nothing true of its own size."""
    with archive.open(name) as member:
        content = member.read(most + 1)
    if len(content) > most:
        raise TooLarge
    return content


def _exported(content: bytes) -> list[Any]:
    if len(content) > LARGEST:
        raise TooLarge
    try:
        exported = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotAChat from error
    messages = exported.get("messages") if isinstance(exported, dict) else None
    if not isinstance(messages, list):
        raise NotAChat
    if len(messages) > MOST_POSTS:
        raise TooLarge
    return messages


def _posts(messages: list[Any], *, files: Mapping[str, str]) -> Iterator[Json]:
    for one in messages:
        if not isinstance(one, dict) or one.get("type") != "message":
            continue
        number, day = one.get("id"), _day(one.get("date"))
        if not isinstance(number, int) or not 0 < number < 2**31 or not day:
            continue
        picture = files.get(str(one.get("photo", "")), "")
        pictures: list[Json] = [picture] if picture else []
        yield {"number": number, "day": day, "text": _text(one.get("text")), "pictures": pictures}


def _text(told: object) -> str:
    """Return a text, which Telegram may write as pieces."""
    pieces = told if isinstance(told, list) else [told]
    texts = (one.get("text", "") if isinstance(one, dict) else one for one in pieces)
    text = "".join(one for one in texts if isinstance(one, str))
    return text.replace("\0", "").encode("utf-8", "ignore").decode()[:LONGEST_POST]


def _day(told: object) -> str:
    try:
        return datetime.fromisoformat(str(told)).date().isoformat()
    except ValueError:
        return ""
