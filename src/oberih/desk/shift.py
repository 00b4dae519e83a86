"""The shift's page: what waits on whom, how many, how long the oldest waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils.translation import gettext as _

from oberih.desk.access.visible import visible
from oberih.desk.rows import Look, QueueRow, rows_of, short_span
from oberih.desk.states import CaseState
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

ANSWERED_LATELY = 200
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Share:
    """What waits on one person, or on nobody."""

    name: str
    rows: tuple[QueueRow, ...]

    @property
    def overdue(self) -> int:
        """Return how many answers are overdue."""
        return sum(row.clock is not None and row.clock.is_overdue for row in self.rows)


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """One printable page."""

    at: datetime
    shares: tuple[Share, ...]
    first_answer: str


def shift_page(*, by: Member, now: datetime) -> ShiftPage:
    """Return what waits for an answer by owner, and the median time to a first human answer."""
    require(by, Permission.SHIFT_SEE)
    names = {str(member.pk): member.name for member in Member.objects.all()}
    waiting = visible(by).filter(waiting_since__isnull=False).exclude(state=CaseState.CLOSED)
    grouped: dict[str, list[QueueRow]] = defaultdict(list)
    listed = waiting.defer("assessment", "answers").order_by("urgency", "waiting_since")
    for row in rows_of(listed[:MOST_SHOWN], look=Look(by, now)):
        grouped[row.case.owner].append(row)
    shares = [
        Share(names.get(owner) or _("nobody yet"), tuple(rows))
        for owner, rows in sorted(grouped.items())
    ]
    return ShiftPage(at=now, shares=tuple(shares), first_answer=_first_answer(by))


def _first_answer(by: Member) -> str:
    answered = visible(by).filter(answered_at__isnull=False).order_by("-answered_at")
    spans = [
        (answer - filed).total_seconds()
        for filed, answer in answered.values_list("filed_at", "answered_at")[:ANSWERED_LATELY]
        if answer is not None
    ]
    return short_span(timedelta(seconds=median(spans))) if spans else ""
