"""How many questions a network may ask for nothing, and what each further one costs.

Whole regions share one address, so nobody is shut out: beyond the budget a puzzle of rising cost
comes first. Addresses are cut to their block, hashed under a key of this start, and never written.
It slows a sweep of all numbers, it does not stop one who has many networks.
"""

import hmac
import math
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from ipaddress import IPv6Address, ip_address

from oberih.crypto.blind_questions import CHALLENGE, BlindQuestion, Payment, is_solved
from oberih.crypto.voprf import Random
from oberih.lookup.refusals import PuzzleNeeded

EASIEST, HARDEST = 14, 20
"""Zero bits: 14 take a cheap phone about a quarter of a second, 20 about a quarter of a minute."""
HOUR = 3600.0
CHALLENGE_SECONDS = 300
MOST_BLOCKS = 200_000
MAC = 16

Block = bytes


@dataclass(slots=True)
class Used:
    """What a block has asked; it is forgiven evenly over an hour."""

    questions: float
    at: float


@dataclass(slots=True)
class Budget:
    """Counts by block in memory; `clock` in seconds, from any start."""

    clock: Callable[[], float]
    free_an_hour: int
    key: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    random: Random = os.urandom
    _used: dict[Block, Used] = field(default_factory=dict)
    _solved: dict[bytes, float] = field(default_factory=dict)

    def spend(self, question: BlindQuestion, *, address: str) -> None:
        """Let the question through and count it; raises PuzzleNeeded beyond the budget."""
        block = self.block(address)
        used = self._forgiven(block)
        if used.questions >= self.free_an_hour:
            self._require_payment(question, block=block, used=used)
        used.questions += len(question.elements)

    def block(self, address: str) -> Block:
        """Return the hash of an address's block: /24, for IPv6 /56."""
        return blake2b(network(address), key=self.key, digest_size=16).digest()

    def _forgiven(self, block: Block) -> Used:
        """Return what the block has used by now."""
        now = self.clock()
        used = self._used.setdefault(block, Used(0.0, now))
        used.questions = max(0.0, used.questions - (now - used.at) / HOUR * self.free_an_hour)
        used.at = now
        if len(self._used) > MOST_BLOCKS:
            self._forget(now)
        return used

    def _forget(self, now: float) -> None:
        """Drop what is forgiven, then the smallest half: a flood of blocks must not fill memory."""
        kept = {one: used for one, used in self._used.items() if now - used.at < HOUR}
        ordered = sorted(kept, key=lambda one: kept[one].questions, reverse=True)
        self._used = {one: kept[one] for one in ordered[: MOST_BLOCKS // 2]}

    def _require_payment(self, question: BlindQuestion, *, block: Block, used: Used) -> None:
        paid = question.payment
        if paid is None or not self._is_own(paid, block=block) or not is_solved(question):
            raise PuzzleNeeded(self._challenge(self._bits(used), block=block))
        self._solved[paid.challenge] = self.clock()

    def _bits(self, used: Used) -> int:
        """Return how hard the next puzzle is: one bit more for each doubling."""
        above = used.questions / max(1, self.free_an_hour)
        return min(HARDEST, EASIEST + int(math.log2(max(1.0, above))))

    def _challenge(self, bits: int, *, block: Block) -> bytes:
        """Return bits (1), time (4), random (11), and the mark that it is our own (16)."""
        stated = bytes([bits]) + int(self.clock()).to_bytes(4, "big")
        drawn = stated + self.random(CHALLENGE - MAC - len(stated))
        return drawn + self._mark(drawn, block=block)

    def _is_own(self, paid: Payment, *, block: Block) -> bool:
        """Tell whether we set this challenge to this block, lately, and it was not used yet."""
        now = self.clock()
        self._solved = {one: at for one, at in self._solved.items() if now - at < CHALLENGE_SECONDS}
        drawn, mark = paid.challenge[:-MAC], paid.challenge[-MAC:]
        age = now - int.from_bytes(drawn[1:5], "big")
        is_ours = hmac.compare_digest(mark, self._mark(drawn, block=block))
        return is_ours and age < CHALLENGE_SECONDS and paid.challenge not in self._solved

    def _mark(self, drawn: bytes, *, block: Block) -> bytes:
        return hmac.digest(self.key, b"puzzle" + block + drawn, sha256)[:MAC]


def network(address: str) -> bytes:
    """Return the first 24 bits of an IPv4 address, 56 of an IPv6 one; nothing for neither."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return b""
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return parsed.packed[:7] if mapped is None else mapped.packed[:3]
    return parsed.packed[:3]


@dataclass(slots=True)
class Alarm:
    """Counts all questions of an hour; beyond the figure it rings once, and shuts nobody out."""

    clock: Callable[[], float]
    most_an_hour: int
    ring: Callable[[], None]
    questions: int = 0
    since: float = 0.0

    def count(self, questions: int) -> None:
        """Count questions, ring when they pass the figure."""
        if self.clock() - self.since >= HOUR:
            self.questions, self.since = 0, self.clock()
        before = self.questions
        self.questions += questions
        if before <= self.most_an_hour < self.questions:
            self.ring()
