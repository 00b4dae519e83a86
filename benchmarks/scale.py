"""What a watch list costs at 10^4 to 10^8 entries: `python benchmarks/scale.py [ENTRIES/S]`.

The table of docs/scale.md. Buckets are filled by chance, a hundred times; the fullest counts, since
all are padded to it. The one measured input is how many entries a core blinds in a second.
"""

import random
import statistics
import sys

from oberih.crypto.buckets import HASH, PLAUSIBLE_NUMBERS, STEP, bits_for
from oberih.crypto.watchlist import ENTRY

LENGTHS = [10**power for power in range(4, 9)]
ENTRIES_A_SECOND = 9_800
TRIES = 100
DAY = 86_400


def main() -> None:
    """Print the table in Markdown."""
    rate = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES_A_SECOND
    print(
        "| entries | form | buckets | bytes a family fetches | plausible numbers that share it |",
        end="",
    )
    print(" published in all | a core to build |")
    print("|---|---|---|---|---|---|---|")
    for length in LENGTHS:
        print(row(length, rate=rate))


def row(length: int, *, rate: int) -> str:
    """Return one line of the table."""
    bits = bits_for(length)
    fetched = length * ENTRY if bits == 0 else bucket_size(length, bits=bits) + bits * HASH
    seconds = length / rate
    cells = [
        f"{length:,}",
        "whole" if bits == 0 else "buckets",
        f"{1 << bits:,}",
        spelled(fetched),
        "all" if bits == 0 else f"{PLAUSIBLE_NUMBERS >> bits:,}",
        spelled(fetched << bits),
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
    return -(-int(statistics.median(fullest)) // STEP) * STEP * ENTRY


def spelled(size: int) -> str:
    """Return a size as people write it."""
    for unit in ("B", "KB", "MB"):
        if size < 1000:  # noqa: PLR2004  # a thousand is a thousand
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size} GB"


if __name__ == "__main__":
    main()
