"""The look-up's figures: evaluation, a family's whole question by the command, and sizes."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import voprf as evaluation
from lookup_place import Place, started
from rows import Row, print_row

from oberih.client.lookup import Outcome, look_up
from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import buckets
from oberih.crypto.blind_questions import COUNTS, QUESTION_SIZES
from oberih.crypto.watchlist import ENTRY

SAMPLES = 200
P95, SMALL = 150, 240_000


def main() -> int:
    """Print the rows."""
    report_evaluation()
    report_whole_question()
    report_sizes()
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


if __name__ == "__main__":
    sys.exit(main())
