"""The same question to two peers and to us: one list, one machine, one run.

openmined-psi is a protocol of the same family (a private set intersection over elliptic curves);
the range query is that of a breached-password service: a 20-bit prefix of the hash goes out in
clear, all suffixes under it come back. It is written here for the comparison alone.
"""

import bisect
import hashlib
import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

import private_set_intersection.python as psi
from rows import Row, print_row

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import buckets, voprf, watchlist
from oberih.crypto.blind_questions import QUESTION_SIZES, filled
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import ENTRY, Answer, Verdict

LISTED, ASKED, TRIES = 20_000, 4, 60
FALSE_POSITIVES = 1e-9
PREFIX_LETTERS = 5
RANGES = 2_000
VERDICT = Verdict(Answer.REPORTED, ("P1",))
Times = list[float]
Value = TypeVar("Value")


def main() -> int:
    """Print a row for each; `lookup_peers.py 100000` takes a list of that length."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LISTED
    listed = [f"+38050{one:07}" for one in range(count)]
    server, client = report_ours(listed)
    report_psi(listed, ours=(server, client))
    report_range(listed, ours=server)
    return 0


def report_ours(listed: list[str]) -> tuple[float, float]:
    """Measure our own; return the milliseconds at the server and on the device."""
    key = EvaluationKey.generate(mode=Mode.VOPRF)
    began = time.perf_counter()
    entries = watchlist.listed(
        watchlist.entry(VERDICT, output=voprf.output(question(one), key=key)) for one in listed
    )
    made = time.perf_counter() - began
    servers: Times = []
    clients: Times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        batch = filled([voprf.blind(question(listed[0]), mode=Mode.VOPRF)])
        blinded = time.perf_counter() - began
        evaluation = timed(
            lambda batch=batch: voprf.evaluate_proved([one.element for one in batch], key=key),
            into=servers,
        )
        began = time.perf_counter()
        outputs = voprf.finalize_proved(batch, evaluation=evaluation, public=key.public)
        assert watchlist.verdict(entries, output=outputs[0]) == VERDICT  # noqa: S101  # no answer is no measurement
        clients.append(blinded + time.perf_counter() - began)
    size = min(QUESTION_SIZES)
    server, client = 1000 * median(servers), 1000 * median(clients)
    measured = (
        f"list {made:.1f} s a core, {len(listed) * ENTRY / 1000:.0f} KB; four asked: server "
        f"{server:.2f} ms, device {client:.2f} ms, {size} bytes out, {ASKED * 32 + 64} back; "
        "a proof of the key, a verdict with tactics"
    )
    print_row(Row(f"blind look-up, {len(listed):,} listed", measured, "", holds=True))
    return server, client


def report_psi(listed: list[str], *, ours: tuple[float, float]) -> None:
    """Measure openmined-psi with its own compressed list."""
    server, client = psi.server.CreateWithNewKey(True), psi.client.CreateWithNewKey(True)  # noqa: FBT003  # the peer's own form
    began = time.perf_counter()
    setup = server.CreateSetupMessage(FALSE_POSITIVES, ASKED, listed, psi.DataStructure.GCS)
    made = time.perf_counter() - began
    servers: Times = []
    clients: Times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        request = client.CreateRequest([listed[0], "a", "b", "c"])
        asked = time.perf_counter() - began
        response = timed(lambda request=request: server.ProcessRequest(request), into=servers)
        began = time.perf_counter()
        found = client.GetIntersection(setup, response)
        clients.append(asked + time.perf_counter() - began)
    there, here = 1000 * median(servers), 1000 * median(clients)
    measured = (
        f"list {made:.1f} s a core, {setup.ByteSize() / 1000:.0f} KB; four asked: server "
        f"{there:.2f} ms, device {here:.2f} ms, {request.ByteSize()} bytes out, "
        f"{response.ByteSize()} back; no proof, no verdict, found {found}"
    )
    ratio = f"server {there / ours[0]:.1f}x, device {here / ours[1]:.1f}x ours"
    print_row(Row(f"peer: openmined-psi, {len(listed):,} listed", measured, "", True, ratio))  # noqa: FBT003  # a row's fields


def report_range(listed: list[str], *, ours: float) -> None:
    """Measure the range query: fast and small, but the prefix tells nearly all."""
    hashes = sorted(hashlib.sha1(one.encode()).hexdigest() for one in listed)  # noqa: S324  # the peer's own choice
    prefixes = [hashlib.sha1(os.urandom(8)).hexdigest()[:PREFIX_LETTERS] for _ in range(RANGES)]  # noqa: S324  # the same
    times: Times = []
    sizes = [len(timed(lambda one=one: ranged(hashes, prefix=one), into=times)) for one in prefixes]
    there = 1000 * median(times)
    crowd = buckets.PLAUSIBLE_NUMBERS >> 4 * PREFIX_LETTERS
    measured = (
        f"server {there:.3f} ms, {PREFIX_LETTERS} letters out, {36 * sum(sizes) / RANGES:.0f} "
        f"bytes back; {crowd} plausible numbers share a prefix, anybody may copy the list"
    )
    ratio = f"server {there / ours:.3f}x ours"
    print_row(Row(f"peer: range query, {len(listed):,} listed", measured, "", True, ratio))  # noqa: FBT003  # a row's fields


def ranged(hashes: list[str], *, prefix: str) -> list[str]:
    """Return every suffix under a prefix, as the range service does."""
    low = bisect.bisect_left(hashes, prefix)
    high = bisect.bisect_left(hashes, prefix + "g")
    return [one[PREFIX_LETTERS:] for one in hashes[low:high]]


def question(number: str) -> bytes:
    """Return what is blinded for an invented telephone number."""
    return watchlist.question(Identifier(Kind.PHONE, number))


def timed(call: Callable[[], Value], *, into: Times) -> Value:
    """Return what a call returns; keep its seconds."""
    began = time.perf_counter()
    value = call()
    into.append(time.perf_counter() - began)
    return value


if __name__ == "__main__":
    sys.exit(main())
