"""One line of the table that `make bench` prints, and its way from a benchmark to the table."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as measured here, its bound, and what a peer needs for the same.

    `ratio` says how many times better than the peer (ratios travel, absolutes do not); `peer` is
    the peer's figure as it was measured elsewhere. Both are empty where there is none.
    """

    figure: str
    measured: str
    bound: str
    holds: bool
    ratio: str = ""
    peer: str = ""


def print_row(row: Row) -> None:
    """Print a row for `run.py` to read."""
    print("\t".join(str(one) for one in astuple(row)), flush=True)


def read_row(line: str) -> Row:
    """Return a printed row."""
    figure, measured, bound, holds, ratio, peer = line.rstrip("\n").split("\t")
    return Row(figure, measured, bound, holds == "True", ratio, peer)
