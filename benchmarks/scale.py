"""What a watch list costs at 10^4 to 10^8 entries: `python benchmarks/scale.py [ENTRIES/S]`.

The table of docs/scale.md, with what it assumes above it. Buckets are filled by chance, a hundred
times; the fullest counts, since all are padded to it. Without an argument the rate is measured.
"""

import random
import statistics
import sys
import time

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import buckets, voprf
from oberih.crypto.blind_questions import QUESTION_SIZES
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import ENTRY, question

LENGTHS = [10**power for power in range(4, 9)]
TRIES, MEASURED = 100, 3_000
DAY = 86_400
FEWER_IN_USE = 20_000_000
"""A much lower guess, for those who doubt the other."""
COLUMNS = (
    "entries",
    "form",
    "buckets",
    "bytes a family fetches",
    "plausible numbers that share it",
    f"if {FEWER_IN_USE:,} are in use",
    "published in all",
    "a core to build",
)


def main() -> None:
    """Print what is assumed, then the table in Markdown."""
    rate = int(sys.argv[1]) if len(sys.argv) > 1 else measured_rate()
    print(*assumptions(rate), sep="\n")
    print()
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for length in LENGTHS:
        print(row(length, rate=rate))


def assumptions(rate: int) -> list[str]:
    """Return each input of the table, and whether it is measured, chosen or guessed."""
    most, beside = f"{buckets.WHOLE_UP_TO:,}", f"{buckets.WHOLE_AS_WELL_UP_TO:,}"
    crowd, in_use = f"{buckets.FEWEST_IN_A_BUCKET:,}", f"{buckets.PLAUSIBLE_NUMBERS:,}"
    return [
        f"- measured: a core blinds {rate:,} entries a second (its own time, libsodium)",
        f"- chosen: {ENTRY} bytes an entry; whole up to {most}, beside buckets up to {beside}",
        f"- chosen: cut in two above {buckets.FULL:,} entries, padded to steps of {buckets.STEP}",
        f"- chosen: never so many buckets that fewer than {crowd} plausible numbers share one",
        f"- guessed: {in_use} telephone numbers in use, shared out evenly; no handles, no links",
        f"- simulated: the fullest bucket is the middle of {TRIES} drawings; all are padded to it",
        f"- the question is {min(QUESTION_SIZES)} bytes out and {4 * 32 + 64} back at every length",
    ]


def measured_rate() -> int:
    """Return how many entries a core blinds in a second of its own time: the best of five turns."""
    key = EvaluationKey.generate(mode=Mode.VOPRF)
    asked = [question(Identifier(Kind.PHONE, f"+38050{one:07}")) for one in range(MEASURED)]
    rates = []
    for _ in range(5):
        began = time.process_time()
        for one in asked:
            voprf.output(one, key=key)
        rates.append(MEASURED / (time.process_time() - began))
    return int(max(rates)) // 100 * 100


def row(length: int, *, rate: int) -> str:
    """Return one line of the table."""
    bits = buckets.bits_for(length)
    way = bits * buckets.HASH
    fetched = length * ENTRY if bits == 0 else bucket_size(length, bits=bits) + way
    beside = length * ENTRY if bits and length <= buckets.WHOLE_AS_WELL_UP_TO else 0
    seconds = length / rate
    cells = [
        f"{length:,}",
        "whole" if bits == 0 else "buckets, and whole" if beside else "buckets",
        f"{1 << bits:,}",
        spelled(fetched) + (f" ({spelled(beside)})" if beside else ""),
        "all" if bits == 0 else f"{buckets.PLAUSIBLE_NUMBERS >> bits:,}",
        "all" if bits == 0 else f"{FEWER_IN_USE >> bits:,}",
        spelled((fetched << bits) + beside),
        f"{seconds:,.0f} s" if seconds < DAY else f"{seconds / DAY:.1f} days",
    ]
    return "| " + " | ".join(cells) + " |"


def bucket_size(length: int, *, bits: int) -> int:
    """Return the bytes of every bucket: the fullest one's, the middle of a hundred tries."""
    drawn = random.Random(2026)  # noqa: S311  # a simulation that comes out the same each time
    share = 1 / (1 << bits)
    spread = (length * share * (1 - share)) ** 0.5
    fullest = [
        max(drawn.gauss(length * share, spread) for _ in range(1 << bits)) for _ in range(TRIES)
    ]
    return -(-int(statistics.median(fullest)) // buckets.STEP) * buckets.STEP * ENTRY


def spelled(size: int) -> str:
    """Return a size as people write it."""
    for unit in ("B", "KB", "MB"):
        if size < 1000:  # noqa: PLR2004  # a thousand is a thousand
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size} GB"


if __name__ == "__main__":
    main()
