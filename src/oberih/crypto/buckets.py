"""A long watch list in equal buckets, so that nobody has to fetch all of it.

    bucket = first `bits` bits of SHA-256("oberih/1/watch-list-bucket" 0x00 salt identifier)
    file   = the bucket's entries, filled up with random ones to the size of the fullest
             || the `bits` hashes on the way to the root (32 bytes each, the lowest first)
    leaf   = SHA-256(0x00 entries);   node = SHA-256(0x01 left right);   the manifest signs the root

Whoever serves the buckets sees which one is fetched: that narrows the question to all identifiers
of the bucket, at least 50,000 plausible numbers. The salt stays the same over epochs, else several
fetches of one number would add up. For the same reason a messenger's account on a phone number is
in the bucket of that number: two buckets of one line would leave some two hundred numbers.
A handle or link has no such crowd: how many of a bucket's are plausible is not known.
"""

import hmac
import os
from collections.abc import Iterable, Sequence
from hashlib import sha256

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto.manifest import Manifest
from oberih.crypto.voprf import Random
from oberih.crypto.watchlist import ENTRY, NotAWatchList, check_order, listed

HASH = 32
STEP = 64
"""Buckets grow by so many entries, so that their size tells little of a day's change."""
FULL = 3_400
"""About 40 KB of entries: a bucket is cut in two above that."""
PLAUSIBLE_NUMBERS = 50_000_000
"""Telephone numbers in use that a bucket's crowd is counted from: a low figure for Ukraine."""
FEWEST_IN_A_BUCKET = 50_000
WHOLE_UP_TO = 20_000
"""Shorter lists are published whole, and only whole."""
WHOLE_AS_WELL_UP_TO = 100_000
"""Up to here the whole list lies beside the buckets, for those who would rather fetch all of it."""
ON_A_PHONE = frozenset({Kind.VIBER, Kind.WHATSAPP, Kind.SIGNAL})

_BUCKET = b"oberih/1/watch-list-bucket\0"


def bits_for(count: int) -> int:
    """Return into how many buckets (a power of two) a list of this length is cut; 0 is whole.

    As few as keep an answer near 40 KB, and never so many that the crowd becomes too small.
    """
    if count <= WHOLE_UP_TO:
        return 0
    most = (PLAUSIBLE_NUMBERS // FEWEST_IN_A_BUCKET).bit_length() - 1
    wanted = (max(1, -(-count // FULL)) - 1).bit_length()
    return max(1, min(most, wanted))


def bucket_of(identifier: Identifier, *, salt: bytes, bits: int) -> int:
    """Return the bucket of an identifier; all names of one telephone line are in the same."""
    digest = sha256(_BUCKET + salt + str(names_of(identifier)[-1]).encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits)


def names_of(identifier: Identifier) -> tuple[Identifier, ...]:
    """Return what is asked for it: an account that stands on a phone number, and that number."""
    if identifier.kind in ON_A_PHONE and identifier.value.startswith("+"):
        return (identifier, Identifier(Kind.PHONE, identifier.value))
    return (identifier,)


def cut(
    entries: Iterable[tuple[int, bytes]], *, bits: int, random: Random = os.urandom
) -> tuple[bytes, list[bytes]]:
    """Return the root and every bucket's file, of (bucket, entry) pairs; raises NotAWatchList."""
    buckets: list[list[bytes]] = [[] for _ in range(1 << bits)]
    for bucket, one in entries:
        buckets[bucket].append(one)
    fullest = -(-max(len(one) for one in buckets) // STEP) * STEP
    filled = [listed([*one, *_fillers(fullest - len(one), random=random)]) for one in buckets]
    levels = _levels([_leaf(one) for one in filled])
    files = [one + b"".join(_way(levels, bucket=at)) for at, one in enumerate(filled)]
    return levels[-1][0], files


def opened(file: bytes, *, bucket: int, manifest: Manifest) -> bytes:
    """Return the entries of a fetched bucket; raises NotAWatchList for any other file."""
    if len(file) != manifest.size + manifest.bits * HASH:
        raise NotAWatchList
    if not hmac.compare_digest(root_of(file, bits=manifest.bits, bucket=bucket), manifest.sha256):
        raise NotAWatchList
    entries = file[: manifest.size]
    check_order(entries)
    return entries


def root_of(file: bytes, *, bits: int, bucket: int = 0) -> bytes:
    """Return the root that a bucket's file leads to, as the bucket of this number."""
    size = len(file) - bits * HASH
    digest, way = _leaf(file[:size]), file[size:]
    for level in range(bits):
        other = way[level * HASH : (level + 1) * HASH]
        is_right = bucket >> level & 1
        digest = _node(other, right=digest) if is_right else _node(digest, right=other)
    return digest


def _fillers(many: int, *, random: Random) -> list[bytes]:
    drawn = random(many * ENTRY)
    return [drawn[at : at + ENTRY] for at in range(0, len(drawn), ENTRY)]


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=True)
        levels.append([_node(left, right=right) for left, right in pairs])
    return levels


def _way(levels: Sequence[Sequence[bytes]], *, bucket: int) -> list[bytes]:
    return [level[(bucket >> at) ^ 1] for at, level in enumerate(levels[:-1])]


def _leaf(entries: bytes) -> bytes:
    return sha256(b"\0" + entries).digest()


def _node(left: bytes, *, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
