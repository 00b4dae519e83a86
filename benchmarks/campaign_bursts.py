"""False alarms of the look for bursts on 300 simulated series, and how many real bursts it finds.

The series are invented: each has a rate of its own, varies more than chance alone would (negative
binomial), and knows weekends. A burst is ten more contacts in three days, on top of a quiet series.
Beside it stands the Poisson tail that one would write first. The figures are deterministic.
"""

import sys
import time
from pathlib import Path

import numpy as np
from rows import Row, print_row

SERIES, LOOKS, SEED = 300, 100, 20261122
PROMISED_A_DAY = 0.1
INJECTED = 120
EXTRA = (4, 3, 3)
POISSON_UNLIKELY = 1e-3


def main() -> None:
    """Print both figures."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    from oberih.campaigns.bursts import DAYS  # noqa: PLC0415  # found by the path above

    counts = invented(DAYS + LOOKS)
    began = time.perf_counter()
    alarms = false_alarms(counts)
    took = time.perf_counter() - began
    found = bursts_found(counts)
    print(f"{SERIES} series looked at {LOOKS} times in {took:.1f} s; injected bursts: {found}")
    figure = "campaigns: false alarms a day on 300 series, negative binomial"
    a_day = alarms["negative binomial"] / LOOKS
    peer = f"{alarms['Poisson p < 1e-3'] / LOOKS:.2f}"
    ratio = f"{alarms['Poisson p < 1e-3'] / max(1, alarms['negative binomial']):.0f}x fewer"
    holds = a_day <= PROMISED_A_DAY
    print_row(Row(figure, f"{a_day:.2f}", f"<= {PROMISED_A_DAY}", holds, ratio, peer))


def invented(days: int) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Return daily counts of each series."""
    chance = np.random.default_rng(SEED)
    rate = chance.gamma(0.8, 0.5, size=(SERIES, 1))
    week = np.tile([1.1, 1.1, 1.1, 1.1, 1.1, 0.75, 0.75], days // 7 + 1)[:days]
    wide = chance.gamma(4.0, 0.25, size=(SERIES, days))
    return chance.poisson(rate * week * wide)


def false_alarms(counts: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> dict[str, int]:
    """Return how many alarms each rule gives on series in which nothing happened."""
    from oberih.campaigns.bursts import DAYS, is_burst, judged, tail  # noqa: PLC0415  # the same

    told = {"negative binomial": 0, "Poisson p < 1e-3": 0}
    for look in range(LOOKS):
        for series in counts[:, look : look + DAYS].tolist():
            found = judged(series)
            told["negative binomial"] += is_burst(found, series=SERIES)
            plain = tail(found.seen, mean=found.expected, variance=0)
            told["Poisson p < 1e-3"] += found.seen >= 3 and plain < POISSON_UNLIKELY  # noqa: PLR2004  # the same bar
    return told


def bursts_found(counts: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> str:
    """Return how many of the injected bursts are found."""
    from oberih.campaigns.bursts import DAYS, WINDOW, is_burst, judged  # noqa: PLC0415  # the same

    found = 0
    for series in counts[:INJECTED, :DAYS]:
        risen = series.copy()
        risen[-WINDOW:] += np.array(EXTRA)
        found += is_burst(judged(risen.tolist()), series=SERIES)
    return f"{found} of {INJECTED} found"


if __name__ == "__main__":
    main()
