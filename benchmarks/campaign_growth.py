"""How the cost of grouping grows: measure some counts, and draw all that were measured.

`python benchmarks/campaign_growth.py COUNT...` measures each count, keeps it in
`docs/scale-campaigns.jsonl` (one line a count, the newest) and draws `docs/scale-campaigns.svg`.
Without counts it only draws. Both axes are logarithmic: what grows as the count does is a line of
the slope of the grey one.
"""

import json
import math
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from campaign_truth import quality
from campaigns import groups_in, measured, write
from run import machine

DOCS = Path(__file__).resolve().parent.parent / "docs"
KEPT, DRAWN = DOCS / "scale-campaigns.jsonl", DOCS / "scale-campaigns.svg"
WIDTH, HEIGHT, LEFT, TOP, BELOW = 640, 400, 70, 30, 60
FIRST, LAST = 4, 6
LOWEST, HIGHEST = 0, 4
SERIES = {
    "wall": ("seconds by the clock", "#1b6ca8", ""),
    "cpu": ("seconds of both cores", "#b3541e", "6 3"),
    "memory": ("megabytes at the most", "#3d7a37", "2 3"),
}
Told = dict[str, float | str]


class Point(NamedTuple):
    """A place on the drawing."""

    x: float
    y: float

    def __str__(self) -> str:
        """Return it as SVG spells it."""
        return f"{self.x:.1f},{self.y:.1f}"


def main() -> None:
    """Measure what is asked for, then draw."""
    for count in sys.argv[1:]:
        keep(measure(int(count)))
    DRAWN.write_text(drawn(kept()), encoding="utf-8")
    for row in kept():
        print(row)


def measure(count: int) -> Told:
    """Return what grouping so many messages costs, and how well the groups fit."""
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as name:
        folder, where = Path(name), machine()
        truth = write(count, folder=folder)
        cost = measured(folder)
        found = quality(truth, groups=groups_in(folder))
    fits = {"precision": found.precision, "recall": found.recall}
    by_kind = {f"recall, {kind}": recall for kind, recall in found.by_kind.items()}
    figures = {**asdict(cost), **fits, **by_kind}
    return {"count": count, **{key: round(value, 4) for key, value in figures.items()}, "on": where}


def kept() -> list[Told]:
    """Return all that was measured, by count."""
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    return sorted((json.loads(line) for line in lines), key=lambda row: float(row["count"]))


def keep(row: Told) -> None:
    """Keep the newest of each count."""
    rows = [one for one in kept() if one["count"] != row["count"]] + [row]
    KEPT.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")


def drawn(rows: list[Told]) -> str:
    """Return the drawing."""
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"',
        ' font-family="sans-serif" font-size="12"><title>Cost of grouping messages</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *axes(),
    ]
    for number, (name, (label, colour, dashes)) in enumerate(SERIES.items()):
        points = [point(float(row["count"]), float(row[name])) for row in rows]
        pieces.append(line(points, colour=colour, dashes=dashes))
        pieces += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        pieces.append(text(Point(LEFT + 12, TOP + 16 + 16 * number), label, colour=colour))
    return "\n".join([*pieces, "</svg>\n"])


def axes() -> list[str]:
    """Return the grid with its numbers, and the line of what grows as the count does."""
    pieces = []
    for power in range(FIRST, LAST + 1):
        low, high = point(10**power, 10**LOWEST), point(10**power, 10**HIGHEST)
        pieces.append(line([low, high], colour="#ddd"))
        pieces.append(text(Point(low.x - 24, low.y + 18), f"{10**power:,}"))
    for power in range(LOWEST, HIGHEST + 1):
        left, right = point(10**FIRST, 10**power), point(10**LAST, 10**power)
        pieces.append(line([left, right], colour="#ddd"))
        pieces.append(text(Point(LEFT - 50, left.y + 4), f"{10**power:,}"))
    linear = [point(10**FIRST, 1), point(10**LAST, 10 ** (LAST - FIRST))]
    pieces.append(line(linear, colour="#999", dashes="1 4"))
    pieces.append(text(Point(WIDTH / 2 - 30, HEIGHT - 16), "messages"))
    return pieces


def point(count: float, value: float) -> Point:
    """Return the place of a value."""
    across = (math.log10(count) - FIRST) / (LAST - FIRST)
    up = (math.log10(max(value, 1)) - LOWEST) / (HIGHEST - LOWEST)
    wide, high = WIDTH - LEFT - 40, HEIGHT - TOP - BELOW
    return Point(LEFT + across * wide, TOP + (1 - up) * high)


def line(points: list[Point], *, colour: str, dashes: str = "") -> str:
    """Return a line through the points."""
    path = " ".join(str(one) for one in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dashed}/>'


def text(place: Point, written: str, *, colour: str = "#333") -> str:
    """Return a piece of text."""
    return f'<text x="{place.x:.0f}" y="{place.y:.0f}" fill="{colour}">{written}</text>'


if __name__ == "__main__":
    main()
