"""How many blinded questions a core evaluates: Python's whole path against libsodium's own rate.

`python benchmarks/voprf.py [SECONDS]` prints a table; the ratios are the figures that count.
"""

import ctypes
import platform
import sys
import time
from collections.abc import Callable

from oberih.crypto import ristretto, voprf
from oberih.crypto.voprf import EvaluationKey, Mode

BATCH = 10
FLOORS = {"evaluate": 0.85, "evaluate with proof, batch of 10": 0.30}
QUESTION = b"phone:+380500000001"


def main() -> int:
    """Measure in turns, so that a busy machine slows all alike; return 1 below a floor."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    rates = measured(ways(), seconds=seconds)
    raw = rates["libsodium alone"]
    print(f"{platform.machine()}, Python {platform.python_version()}, one core")
    for name, rate in rates.items():
        print(f"{name:34} {rate:9,.0f}/s  {rate / raw:7.1%}")
    slow = [name for name, floor in FLOORS.items() if rates[name] < floor * raw]
    print("below the promised share: " + ", ".join(slow) if slow else "all promises kept")
    return 1 if slow else 0


def ways() -> dict[str, tuple[Callable[[], object], int]]:
    """Return what is measured: a call, and how many questions it answers."""
    key = EvaluationKey.generate(mode=Mode.VOPRF)
    elements = [voprf.blind(QUESTION, mode=Mode.VOPRF).element for _ in range(BATCH)]
    batch = [voprf.blind(QUESTION, mode=Mode.VOPRF) for _ in range(BATCH)]
    evaluation = voprf.evaluate_proved([one.element for one in batch], key=key)
    return {
        "libsodium alone": (raw_call(key, element=elements[0]), 1),
        "evaluate": (lambda: voprf.evaluate(elements[0], key=key), 1),
        "evaluate with proof": (lambda: voprf.evaluate_proved(elements[:1], key=key), 1),
        "evaluate with proof, batch of 10": (
            lambda: voprf.evaluate_proved(elements, key=key),
            BATCH,
        ),
        "build a list entry": (lambda: voprf.output(QUESTION, key=key), 1),
        "client: blind": (lambda: voprf.blind(QUESTION, mode=Mode.VOPRF), 1),
        "client: verify and finalize 10": (
            lambda: voprf.finalize_proved(batch, evaluation=evaluation, public=key.public),
            BATCH,
        ),
    }


def raw_call(key: EvaluationKey, *, element: bytes) -> Callable[[], object]:
    """Return libsodium's scalar multiplication with nothing of ours around it."""
    multiply = ristretto.loaded(["libsodium.so.23"]).crypto_scalarmult_ristretto255
    result = ctypes.create_string_buffer(ristretto.SIZE)
    secret = bytes(key.secret)
    return lambda: multiply(result, secret, element)


def measured(
    calls: dict[str, tuple[Callable[[], object], int]], *, seconds: float
) -> dict[str, float]:
    """Return questions a second by name: the best of five turns each."""
    best = dict.fromkeys(calls, 0.0)
    for _ in range(5):
        for name, (call, questions) in calls.items():
            best[name] = max(best[name], questions * rate_of(call, seconds=seconds / 5))
    return best


def rate_of(call: Callable[[], object], *, seconds: float) -> float:
    """Return how often the call returns in a second."""
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        call()
        count += 1
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
