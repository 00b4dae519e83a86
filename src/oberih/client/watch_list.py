"""The published watch list and the official numbers, verified from the root key down."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from oberih.client.front import Front
from oberih.core.canonical import Json
from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import buckets, notes
from oberih.crypto.fields import Fields
from oberih.crypto.manifest import Form, Manifest, verify_manifest
from oberih.crypto.notes import Malformed, Purpose
from oberih.crypto.trust import verify_delegations
from oberih.crypto.watchlist import ENTRY, NotAWatchList, Verdict, check_order, verdict

MOST_OFFICIAL = 10_000
LONGEST_IDENTIFIER = 2_060
Names = Mapping[str, str]
"""A body's name by language."""


@dataclass(slots=True)
class WatchList:
    """A verified list; buckets are fetched when a question needs them, and kept.

    `is_whole` says that all of it is fetched at once: then nobody sees which part was wanted.
    """

    manifest: Manifest
    official: Mapping[Identifier, Names]
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
    return WatchList(manifest, _official(numbers.body), front, is_whole=is_whole)


def _official(value: Json) -> dict[Identifier, Names]:
    """Return whose each official contact is; raises Malformed.

    Only `official` counts: what else the file says is for people to read.
    """
    listed = Fields(value, error=Malformed).items("official", most=MOST_OFFICIAL)
    return dict(_named(Fields(one, error=Malformed)) for one in listed)


def _named(fields: Fields) -> tuple[Identifier, Names]:
    kind, _, text = fields.text("identifier", longest=LONGEST_IDENTIFIER).partition(":")
    fields.require(kind in set(Kind) and text != "")
    names = fields.take("name")
    told = names.items() if isinstance(names, dict) else ()
    return Identifier(Kind(kind), text), {code: str(name) for code, name in told}
