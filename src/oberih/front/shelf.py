"""Published files answered without Django: kept in memory, read again as soon as one changes.

Only what is there and small is answered here; everything else goes the long way, which also knows
every refusal. The answers are the same: tests/front/test_shelf.py compares them.
"""

import os
from collections import OrderedDict
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from django.conf import settings

from oberih.front import published
from oberih.front.refusals import NotPublished
from oberih.system.listening import Answer, Headers, Scope

PREFIX: Final = "/published/"
LARGEST = 4 * 1024 * 1024
MOST_BYTES = 48 * 1024 * 1024
MOST_FILES = 40_000
AGE = "public, max-age=60"
State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """One file as it is served, and by what it is seen to have changed."""

    place: str
    state: State
    etag: str
    headers: Headers
    content: bytes


class Shelf:
    """What was asked for last, up to 48 MB; each answer looks whether the file is the same."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        """Take the published folder, and how much of it may lie in memory."""
        self._folder = folder
        self._most = most_bytes
        self._kept: OrderedDict[tuple[str, bool], Kept] = OrderedDict()
        self._bytes = 0

    def answer(self, scope: Scope) -> Answer | None:
        """Return the answer, or None for what goes the long way."""
        if scope.method != "GET" or not scope.path.startswith(PREFIX):
            return None
        takes_brotli = takes_packed(scope.headers.get("accept-encoding") or "")
        kept = self._current((scope.path[len(PREFIX) :], takes_brotli))
        if kept is None:
            return None
        known = scope.headers.get("if-none-match")
        if known and is_known(kept.etag, known=known):
            return Answer(HTTPStatus.NOT_MODIFIED, kept.headers, b"")
        return Answer(HTTPStatus.OK, kept.headers, kept.content)

    @property
    def held(self) -> int:
        """Return how many bytes lie in memory."""
        return self._bytes

    def _current(self, key: tuple[str, bool]) -> Kept | None:
        kept = self._kept.get(key)
        if kept is not None and state_of(kept.place) == kept.state:
            self._kept.move_to_end(key)
            return kept
        self._drop(key)
        return self._read(key)

    def _read(self, key: tuple[str, bool]) -> Kept | None:
        try:
            path = published.read_path(key[0])
            place = self._place(path, takes_brotli=key[1])
            state = state_of(place)
            if state is None or state[2] > LARGEST:
                return None
            file = published.read(path, folder=self._folder, takes_brotli=key[1])
        except NotPublished:
            return None
        kept = Kept(place, state, file.etag, headers_of(path, file=file), file.content)
        if state_of(place) == state:
            self._keep(key, kept=kept)
        return kept

    def _place(self, path: published.PublishedPath, *, takes_brotli: bool) -> str:
        plain = path.below(self._folder)
        packed = plain.with_name(f"{plain.name}.br")
        return str(packed if takes_brotli and packed.is_file() else plain)

    def _keep(self, key: tuple[str, bool], *, kept: Kept) -> None:
        self._kept[key] = kept
        self._bytes += len(kept.content)
        while self._bytes > self._most or len(self._kept) > MOST_FILES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[str, bool]) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= len(gone.content)


def state_of(place: str) -> State | None:
    """Return what changes when a file is replaced; None when it is not there."""
    try:
        found = os.stat(place)  # noqa: PTH116  # half the time, in each request
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def takes_packed(accepted: str) -> bool:
    """Tell whether the reader takes brotli; one with q=0 is refused by it."""
    stated = accepted.replace(" ", "").split(",")
    return "br" in {one.split(";")[0] for one in stated if not one.endswith((";q=0", ";q=0.0"))}


def is_known(etag: str, *, known: str) -> bool:
    """Tell whether the reader has this file (RFC 9110, section 13.1.2)."""
    listed = known.replace("W/", "").replace(" ", "").split(",")
    return etag in listed or listed == ["*"]


def headers_of(path: published.PublishedPath, *, file: published.PublishedFile) -> Headers:
    """Return what stands over a published file."""
    headers = [
        ("content-type", path.content_type),
        ("etag", file.etag),
        ("cache-control", AGE),
        ("vary", "Accept-Encoding"),
        ("access-control-allow-origin", "*"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", settings.SECURE_REFERRER_POLICY),
        ("cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    ]
    if settings.SECURE_HSTS_SECONDS:
        headers.append(("strict-transport-security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return [*headers, ("content-encoding", "br")] if file.is_brotli else headers
