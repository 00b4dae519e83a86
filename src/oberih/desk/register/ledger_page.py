"""The ledger on the desk: what share arrived by facility and month, drawn and as a table."""

from dataclasses import dataclass

from oberih.register.arrivals import Share
from oberih.register.ledger import arrived
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LEFT, WIDTH, ROW, TOP = 190, 300, 26, 22


@dataclass(frozen=True, slots=True)
class Mark:
    """A facility-month drawn: the interval as a line, the share as a dot."""

    share: Share
    y: int
    low: int
    high: int
    dot: int
    text_y: int

    @property
    def percent(self) -> tuple[int, int, int]:
        """The share and its interval in whole percents."""
        low, high = self.share.interval
        return round(self.share.part * 100), round(low * 100), round(high * 100)


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The drawing's size and marks."""

    marks: tuple[Mark, ...]
    width: int
    height: int
    axis: tuple[tuple[int, str], ...]


def ledger_page(*, by: Member) -> LedgerPage:
    """Return what share of what was sent is known to have arrived."""
    require(by, Permission.REGISTER_SEE)
    marks = tuple(_mark(number, share=share) for number, share in enumerate(arrived()))
    axis = tuple((_x(part / 4), f"{25 * part} %") for part in range(5))
    return LedgerPage(marks, LEFT + WIDTH + 40, TOP + ROW * len(marks) + 8, axis)


def _mark(number: int, *, share: Share) -> Mark:
    low, high = share.interval
    y = TOP + ROW * number + ROW // 2
    return Mark(share, y, _x(low), _x(high), _x(share.part), y + 4)


def _x(part: float) -> int:
    return LEFT + round(part * WIDTH)
