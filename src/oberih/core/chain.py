"""The hash chain of the audit: salted leaves, each link over the one before."""

import hashlib

SALT_SIZE = 32
START = bytes(32)


def leaf(event: bytes, *, salt: bytes) -> bytes:
    """Return SHA-256(salt, canonical event): 32 bytes that tell nothing once the salt is gone."""
    return hashlib.sha256(salt + event).digest()


def link(previous: bytes, *, position: int, leaf: bytes) -> bytes:
    """Return the digest of an entry: over the one before, its own place and its leaf."""
    place = position.to_bytes(8, "big")
    return hashlib.sha256(b"oberih/1/chain\0" + previous + place + leaf).digest()
