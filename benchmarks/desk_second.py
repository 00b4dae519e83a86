"""What the worker reads again a second, and what a round costs that finds nothing to read.

Each case has one message of four sentences. On the desk the worker reads for one second a round;
here round follows round for ten seconds. A part of `desk_size.py`, which makes the cases.
"""

import os
import statistics
import time
from collections.abc import Callable
from importlib import import_module

from rows import Row, print_row

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the worker's process has it
SECONDS, ROUNDS = 10.0, 20
LEAST, SLOWEST = 10, 50


def measure_second_reading(*, engine: str) -> None:
    """Let every open quiet case wait, as the migration does, and print what reading takes."""
    from django.apps import apps  # noqa: PLC0415  # needs the set-up

    from oberih.desk.models import Case  # noqa: PLC0415  # the same
    from oberih.desk.second_reading import Allowed, take_turn  # noqa: PLC0415  # the same

    migration = import_module("oberih.desk.migrations.0009_second_reading")
    took = timed(lambda: migration.let_open_ones_wait(apps, None))
    waiting = Case.objects.filter(waits_for_second=True)
    print(f"{waiting.count():,} marked in {took / 1000:.1f} s ({engine})")
    take_turn(allowed=Allowed(seconds=0))  # loads the reader
    show_reading(take_turn, engine=engine)
    waiting.update(waits_for_second=False)
    idle = statistics.median(timed(take_turn) for _ in range(ROUNDS))
    figure = f"desk: a round with nothing to read again ({engine})"
    print_row(Row(figure, f"{idle:.1f} ms", f"< {SLOWEST} ms", idle < SLOWEST))


def show_reading(turn: Callable[[], int], *, engine: str) -> None:
    """Print how many cases are read a second, and the CPU of one."""
    began, worked, read = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < SECONDS:
        read += turn()
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"{read:,} read in {took:.1f} s, {1000 * cpu / read:.1f} ms of CPU each ({engine})")
    rate = read / took
    figure = f"desk: cases that the worker reads again ({engine})"
    print_row(Row(figure, f"{rate:,.0f}/s", f">= {LEAST}/s", rate >= LEAST))


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)
