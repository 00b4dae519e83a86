"""How large and how many: every size and count that the front allows, in one place."""

from datetime import timedelta

ENVELOPE_BYTES = 16_384
"""One class of text envelope, in both directions."""

TOKEN_BYTES = 32
HASH_BYTES = 32
COUNT_BYTES = 4

CHUNK_BYTES = 262_144
MOST_CHUNKS = 256
CLASSES = [2**power for power in range(MOST_CHUNKS.bit_length())]
"""The size classes of attachments, in chunks."""
MOST_ATTACHMENTS = 5
"""A mailbox, until the desk has them."""

ATTACHMENT_DAYS = 1
"""An unfinished attachment is dropped when this many whole days have passed since its day."""

MOST_LISTED = 100

REPLY_DAYS = 180
"""An unread reply stays this long."""

COURIER_BYTES = 4 * 1024 * 1024
MOST_COLLECTED = 128
MOST_ACKNOWLEDGED = 2_000
COURIER_SKEW = timedelta(hours=25)
"""How far the courier's clock may be off; within it, nonces are remembered and refused."""

NONCE_DAYS = 3
"""A nonce is kept for as many whole days: a request may be taken up to 50 hours after it came."""

COURIER_RESERVE = 16 * 1024 * 1024
"""What stays free on the disk, and in the database, for the courier to empty a full front."""

LIST_DAYS = 14
"""A watch list is replaced within 7 days and answered for 2 more; older ones are in the way."""
