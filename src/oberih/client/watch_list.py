"""The published watch list and the official numbers, verified from the root key down."""

import hmac
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from oberih.client.front import Front
from oberih.core.canonical import Json
from oberih.core.identifiers import Identifier, Kind, NotAnIdentifier, parse
from oberih.crypto import buckets, notes
from oberih.crypto.manifest import Form, Manifest, verify_manifest
from oberih.crypto.notes import Purpose
from oberih.crypto.trust import verify_delegations
from oberih.crypto.watchlist import ENTRY, NotAWatchList, Verdict, check_order, verdict


@dataclass(slots=True)
class WatchList:
    """A verified list; buckets are fetched when a question needs them, and kept.

    `is_whole` says that all of it is fetched at once: then nobody sees which part was wanted.
    """

    manifest: Manifest
    official: frozenset[Identifier]
    front: Front
    is_whole: bool = True
    _kept: dict[int, bytes] = field(default_factory=dict)

    def verdict(self, identifier: Identifier, *, output: bytes) -> Verdict | None:
        """Return what the list says; None when it is not known. Raises NotAWatchList."""
        return verdict(self._entries(self._bucket(identifier)), output=output)

    def fetch(self, identifiers: Sequence[Identifier]) -> None:
        """Fetch what these questions need; raises CouldNot, NotAWatchList."""
        for identifier in identifiers:
            self._entries(self._bucket(identifier))

    def _bucket(self, identifier: Identifier) -> int:
        """Return the identifier's bucket; 0 stands for the whole list."""
        if self.is_whole:
            return 0
        return buckets.bucket_of(identifier, salt=self.manifest.salt, bits=self.manifest.bits)

    def _entries(self, bucket: int) -> bytes:
        if bucket not in self._kept:
            self._kept[bucket] = self._whole() if self.is_whole else self._fetched(bucket)
        return self._kept[bucket]

    def _whole(self) -> bytes:
        manifest = self.manifest
        is_only = manifest.form is Form.WHOLE
        wanted = manifest.sha256.hex() if is_only else manifest.whole
        size = manifest.size if is_only else manifest.count * ENTRY
        entries = self.front.published(manifest.path)
        if not hmac.compare_digest(sha256(entries).hexdigest(), wanted) or len(entries) != size:
            raise NotAWatchList
        check_order(entries)
        return entries

    def _fetched(self, bucket: int) -> bytes:
        file = self.front.published(self.manifest.bucket_path(bucket))
        return buckets.opened(file, bucket=bucket, manifest=self.manifest)


def fetched(front: Front, *, now: datetime, prefer: Form = Form.BUCKETS) -> WatchList:
    """Return the list that is valid now; raises CouldNot, NoteRefused, NotAWatchList.

    A list in buckets is fetched whole when that is preferred and it lies there, else by bucket.
    """
    delegated = verify_delegations(front.published("delegations.note"), root=front.root, now=now)
    numbers = notes.verify(
        front.published("numbers.note"),
        key=delegated.key(Purpose.NUMBERS),
        purpose=Purpose.NUMBERS,
        now=now,
    )
    manifest = verify_manifest(
        front.published("watch-list.note"), key=delegated.key(Purpose.WATCH_LIST), now=now
    )
    is_whole = manifest.form is Form.WHOLE or (prefer is Form.WHOLE and manifest.whole != "")
    return WatchList(manifest, frozenset(_official(numbers.body)), front, is_whole=is_whole)


def _official(value: Json) -> Iterator[Identifier]:
    """Yield the contacts of named bodies: every `identifier`, and every number to dial."""
    if isinstance(value, dict):
        texts = (value.get("identifier"), value.get("dial"))
        yield from _parsed(text for text in texts if isinstance(text, str))
        yield from (one for inner in value.values() for one in _official(inner))
    elif isinstance(value, list):
        yield from (one for inner in value for one in _official(inner))


def _parsed(texts: Iterator[str]) -> Iterator[Identifier]:
    """Yield what is written canonically (`telegram:name`), or as a person dials it."""
    kinds = set(Kind)
    for text in texts:
        kind, _, value = text.partition(":")
        if kind in kinds:
            yield Identifier(Kind(kind), value)
            continue
        with suppress(NotAnIdentifier):  # a short number such as 102: nobody calls from it
            yield parse(text)
