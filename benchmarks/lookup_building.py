"""How long a list of a million takes, and how much memory: the desk's own builder, every core.

`lookup_building.py 100000` builds a list of that length instead. The bound is for two cores of the
machine to itself; the processor's seconds tell how much of the time others had it.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rows import Row, print_row

from oberih.core.identifiers import Identifier, Kind
from oberih.crypto import buckets
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import Answer, Verdict
from oberih.desk.watch_building import Plan, build, described
from oberih.desk.watch_contents import Contents, Listed
from oberih.desk.watch_entries import ROW, Blinding

LISTED = 1_000_000
SECONDS, MEGABYTES = 120, 300
DESK_MEGABYTES = 75
"""What the desk's worker holds before it builds (Django, the database); added, not measured."""
VERDICT = Verdict(Answer.REPORTED, ("P1", "M2"))


def main() -> int:
    """Build once, and once more from the middle, as after a stop."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LISTED
    contents = Contents.of(rows(count))
    with tempfile.TemporaryDirectory() as folder:
        report_building(contents, at=Path(folder) / "1.bin")
        report_resuming(contents, folder=Path(folder))
    return 0


def report_building(contents: Contents, *, at: Path) -> None:
    """Measure the whole: the clock's time, the processors', the memory of all processes."""
    began = time.perf_counter()
    built = build(plan(contents), at=at)
    seconds = time.perf_counter() - began
    cores = os.cpu_count() or 1
    processor = sum(used(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, child = (used(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    megabytes = (own + cores * child) // 1024 + DESK_MEGABYTES
    alone = processor / cores
    measured = (
        f"{seconds:.0f} s ({processor:.0f} s of processor, so {alone:.0f} s with the cores to "
        f"itself), {megabytes} MB, {built.size / 1000:.0f} KB a bucket"
    )
    bound = SECONDS * contents.count / LISTED
    holds = seconds <= bound and megabytes <= MEGABYTES
    figure = f"build a list of {contents.count:,} on {cores} cores"
    print_row(Row(figure, measured, f"<= {bound:.0f} s, <= {MEGABYTES} MB", holds))


def report_resuming(contents: Contents, *, folder: Path) -> None:
    """Stop in the middle, go on, and compare with what was built at once."""
    share = Contents.of(rows(contents.count // 20))
    blinding = Blinding(bytes([7]) + bytes(31))

    def stop(done: int, _of: int) -> None:
        if 2 * done >= share.count:
            raise KeyboardInterrupt

    try:
        build(Plan(rows(share.count), share, blinding), at=folder / "2.bin", progress=stop)
    except KeyboardInterrupt:
        kept = (folder / "2.part").stat().st_size
    resumed = build(Plan(rows(share.count), share, blinding), at=folder / "2.bin")
    whole = build(Plan(rows(share.count), share, blinding), at=folder / "3.bin")
    is_same = resumed == whole == described(folder / "2.bin", bits=0)
    told = f"{kept // ROW:,} of {share.count:,} entries were kept, the list is the same"
    print_row(Row("a build that was stopped in the middle goes on", told, "the same", is_same))


def plan(contents: Contents) -> Plan:
    """Return the plan of a list in as many buckets as its length asks for."""
    secret = EvaluationKey.generate(mode=Mode.VOPRF).secret
    blinding = Blinding(secret, b"salt", buckets.bits_for(contents.count))
    return Plan(rows(contents.count), contents, blinding)


def rows(count: int) -> Iterator[Listed]:
    """Yield invented telephone numbers, one at a time as the desk's database does."""
    for one in range(count):
        yield Listed(Identifier(Kind.PHONE, f"+38050{one:07}"), VERDICT)


def used(who: int) -> resource.struct_rusage:
    """Return what this process or its ended children have used."""
    return resource.getrusage(who)


if __name__ == "__main__":
    sys.exit(main())
