"""How early whole conversations are answered: shares, leads and F-latency, for the report card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, log

from oberih.check.figures import Row, share
from oberih.check.values import Assessment, Band

EARLIER_TURNS = 2
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation of the corpus and what the engine says of it."""

    row: Row
    found: Assessment

    @property
    def demand(self) -> int | None:
        """Return the turn of the first demand."""
        turn = self.row.get("first_demand")
        return None if turn is None else int(turn)

    @property
    def warned(self) -> bool:
        """Tell whether a warning came before the demand."""
        first = self.found.first_warning
        return first is not None and self.demand is not None and first < self.demand

    def lead_in_hours(self) -> float | None:
        """Return the hours from the first warning to the demand, where both have a time."""
        turns = self.row["messages"]
        times = (turns[self.found.first_warning or 0].get("at"), turns[self.demand or 0].get("at"))
        if None in times:
            return None
        early, late = (datetime.fromisoformat(str(one)) for one in times)
        return (late - early).total_seconds() / HOUR


def rows_of(told: Sequence[Told], *, calm: Sequence[Assessment]) -> Iterable[tuple[str, str]]:
    """Yield the rows of the report card's table."""
    asked = [one for one in told if one.demand is not None]
    warnable = [one for one in asked if _earlier(one) >= EARLIER_TURNS]
    early = [one for one in warnable if one.warned]
    hours = [lead for one in early if (lead := one.lead_in_hours()) is not None]
    raised = [one for one in calm if one.band in {Band.STOP, Band.WARNING}]
    yield (
        "Stop in a whole coercive conversation",
        _share(one.found.band is Band.STOP for one in told),
    )
    yield "Stop or Warning in it", _share(one.found.first_warning is not None for one in told)
    yield "Stop on the demand's turn or before", _share(_is_on_time(one) for one in asked)
    yield (
        f"warned before the demand (>= {EARLIER_TURNS} earlier turns)",
        share(len(early), len(warnable)),
    )
    yield "median lead in turns where warned", _median([_lead(one) for one in early], digits=0)
    yield f"median lead in hours ({len(hours)} with times)", _median(hours, digits=1)
    yield "F-latency", f"{f_latency(told, raised=len(raised)):.3f}" if told else "-"
    yield "benign conversations, Stop or Warning", share(len(raised), len(calm))
    yield "benign conversations, Stop", _share(one.band is Band.STOP for one in calm)


def f_latency(told: Sequence[Told], *, raised: int) -> float:
    """Return F1 times the speed of the true answers (Sadeque, Xu and Bethard 2018)."""
    turns = [
        (one.found.first_warning or 0) + 1 for one in told if one.found.first_warning is not None
    ]
    if not turns:
        return 0.0
    lengths = sorted(len(one.row["messages"]) for one in told)
    slope = log(3) / max(lengths[len(lengths) // 2] - 1, 1)
    late = sorted(2 / (1 + exp(-slope * (turn - 1))) - 1 for turn in turns)
    f_one = 2 * len(turns) / (len(told) + len(turns) + raised)
    return f_one * (1 - late[len(late) // 2])


def _is_on_time(one: Told) -> bool:
    stop = one.found.first_stop
    return stop is not None and one.demand is not None and stop <= one.demand


def _earlier(one: Told) -> int:
    return sum(turn["from"] == "them" for turn in one.row["messages"][: one.demand])


def _lead(one: Told) -> float:
    return float((one.demand or 0) - (one.found.first_warning or 0))


def _share(tests: Iterable[bool]) -> str:
    known = list(tests)
    return share(sum(known), len(known))


def _median(numbers: Iterable[float], *, digits: int) -> str:
    ordered = sorted(numbers)
    return f"{ordered[len(ordered) // 2]:.{digits}f}" if ordered else "-"
