"""The look-up's figures: evaluation, a family's whole question, building a list, sizes, and a peer.

The peer is a range query in the manner of a breached-password service: a 20-bit prefix of the hash
goes out in clear, all suffixes under it come back. It is written here for the comparison alone.
"""

import bisect
import hashlib
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context

import voprf as evaluation
from lookup_place import Place, started
from rows import Row, print_row

from oberih.client.lookup import Outcome, look_up
from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import buckets, voprf, watchlist
from oberih.crypto.blind_questions import COUNTS, QUESTION_SIZES
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import ENTRY, Answer, Verdict

SAMPLES = 200
LISTED = 1_000_000
SHARE = 2_000
PREFIX_LETTERS = 5
P95, MEGABYTES, SMALL = 150, 300, 240_000
VERDICT = Verdict(Answer.REPORTED, ("P1", "M2"))
Entries = list[bytes]


def main() -> int:
    """Print the rows; `lookup.py 10000` builds a list of that length instead of a million."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LISTED
    report_evaluation()
    report_whole_question()
    report_building(count)
    report_sizes()
    report_peer(count)
    return 0


def report_evaluation() -> None:
    """Measure one core's evaluations against libsodium's own rate."""
    rates = evaluation.measured(evaluation.ways(), seconds=5.0)
    raw = rates["libsodium alone"]
    for name, floor in evaluation.FLOORS.items():
        share = rates[name] / raw
        figure = f"look-up: {name}, a core"
        measured = f"{rates[name]:,.0f}/s, {share:.0%} of libsodium's {raw:,.0f}"
        print_row(Row(figure, measured, f">= {floor:.0%}", share >= floor))


def report_whole_question() -> None:
    """Measure a family's whole question over real processes: fetch, verify, ask, finalize."""
    with started() as place:
        look_up([place.listed], front=place.front)
        for name, asked in (("one", [place.listed]), ("ten", place.ten)):
            seconds = sorted(timed(partial(expect, place, asked)) for _ in range(SAMPLES))
            p95 = 1000 * seconds[int(0.95 * SAMPLES)]
            middle = 1000 * statistics.median(seconds)
            figure = f"look-up of {name}, everything fetched anew, loopback"
            measured = f"p50 {middle:.0f} ms, p95 {p95:.0f} ms"
            print_row(Row(figure, measured, f"< {P95} ms", p95 < P95))


def expect(place: Place, asked: list[str]) -> None:
    """Ask; what could not be checked is no measurement."""
    answers = look_up(asked, front=place.front)
    if any(one.outcome is Outcome.COULD_NOT_CHECK for one in answers):
        message = "it could not be checked"
        raise RuntimeError(message)


def timed(call: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def report_building(count: int) -> None:
    """Build a list with every core; the time is the clock's, the memory all processes' highest."""
    began = time.perf_counter()
    whole = built(count, secret=EvaluationKey.generate(mode=Mode.VOPRF).secret)
    seconds = time.perf_counter() - began
    cores = os.cpu_count() or 1
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = (own + cores * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
    processor = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    figure = f"build a list of {count:,} on {cores} cores"
    measured = f"{seconds:.0f} s ({processor:.0f} s of processor), {megabytes} MB"
    holds = (
        seconds <= 120 * count / LISTED and megabytes <= MEGABYTES and len(whole) == count * ENTRY
    )
    print_row(Row(figure, measured, "<= 120 s, <= 300 MB", holds))


def built(count: int, *, secret: bytes) -> bytes:
    """Return a list of invented numbers, blinded in as many processes as there are cores."""
    shares = ((start, min(start + SHARE, count), secret) for start in range(0, count, SHARE))
    context = get_context("spawn")
    with context.Pool(os.cpu_count()) as pool:
        entries = b"".join(pool.imap(entries_of, shares))
    return watchlist.listed(entries[at : at + ENTRY] for at in range(0, len(entries), ENTRY))


def entries_of(share: tuple[int, int, bytes]) -> bytes:
    """Return the entries of one share."""
    start, end, secret = share
    key = EvaluationKey.from_secret(secret, mode=Mode.VOPRF)
    questions = (watchlist.question(number(one)) for one in range(start, end))
    outputs = (voprf.output(one, key=key) for one in questions)
    return b"".join(watchlist.entry(VERDICT, output=one) for one in outputs)


def number(one: int) -> Identifier:
    """Return an invented telephone number."""
    return Identifier(Kind.PHONE, f"+38050{one:07}")


def report_sizes() -> None:
    """Count bytes: the whole list, and a bucket of a long one with its proof."""
    small = 20_000 * ENTRY
    print_row(Row("whole list of 20,000", f"{small / 1000:.0f} KB", "<= 240 KB", small <= SMALL))
    for count, most in ((100_000, 80_000), (1_000_000, 50_000)):
        bits = buckets.bits_for(count)
        salt = os.urandom(32)
        pairs = (
            (buckets.bucket_of(number(one), salt=salt, bits=bits), os.urandom(ENTRY))
            for one in range(count)
        )
        _root, files = buckets.cut(pairs, bits=bits)
        crowd = buckets.PLAUSIBLE_NUMBERS >> bits
        measured = f"{len(files[0]) / 1000:.1f} KB, {crowd:,} plausible numbers share it"
        holds = len(files[0]) <= most and crowd >= buckets.FEWEST_IN_A_BUCKET
        bound = f"<= {most // 1000} KB, >= 50,000 numbers"
        print_row(Row(f"bucket of a list of {count:,}", measured, bound, holds))
    sizes = {size: many * 32 + 64 for size, many in QUESTION_SIZES.items()}
    told = ", ".join(f"{out} out, {back} back" for out, back in sizes.items())
    print_row(Row("bytes of a question", told, f"{len(COUNTS)} sizes", len(sizes) == len(COUNTS)))


def report_peer(count: int) -> None:
    """Measure the range query on the same list: fast and small, but the prefix tells nearly all."""
    hashes = sorted(hashlib.sha1(str(number(one)).encode()).hexdigest() for one in range(count))  # noqa: S324  # the peer's own choice
    prefixes = [hashlib.sha1(os.urandom(8)).hexdigest()[:PREFIX_LETTERS] for _ in range(2_000)]  # noqa: S324  # the same
    began = time.perf_counter()
    answers = [ranged(hashes, prefix=prefix) for prefix in prefixes]
    rate = len(prefixes) / (time.perf_counter() - began)
    size = statistics.mean(len(one) * 36 for one in answers)
    crowd = buckets.PLAUSIBLE_NUMBERS >> 4 * PREFIX_LETTERS
    measured = f"{rate:,.0f}/s, {size:.0f} bytes, {crowd} plausible numbers a prefix"
    print_row(Row(f"peer: range query on {count:,}", measured, "for comparison", holds=True))


def ranged(hashes: list[str], *, prefix: str) -> list[str]:
    """Return every suffix under a prefix, as the range service does."""
    low = bisect.bisect_left(hashes, prefix)
    high = bisect.bisect_left(hashes, prefix + "g")
    return [one[PREFIX_LETTERS:] for one in hashes[low:high]]


if __name__ == "__main__":
    sys.exit(main())
