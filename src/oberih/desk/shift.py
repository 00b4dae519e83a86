"""The shift's page: what waits on whom, how many, how long the oldest waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from oberih.desk.access.visible import visible
from oberih.desk.lateness import overdue
from oberih.desk.models import Case
from oberih.desk.rows import QueueRow, plain_rows_of, short_span
from oberih.desk.selectors import UNCLOSED, cases_in
from oberih.desk.silence import CAN_BE_ANSWERED, with_silence
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

ANSWERED_LATELY = 200
MOST_OF_ONE = 5
MOST_SHOWN = 100
ORDER = ("urgency", "waiting_since")


@dataclass(frozen=True, slots=True)
class Share:
    """What waits on one person, or on nobody: how many, and the first ones."""

    name: str
    total: int
    overdue: int
    rows: tuple[QueueRow, ...]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """One printable page."""

    at: datetime
    shares: tuple[Share, ...]
    first_answer: str

    @property
    def total(self) -> int:
        """Return how many wait for an answer."""
        return sum(share.total for share in self.shares)

    @property
    def overdue(self) -> int:
        """Return how many wait too long."""
        return sum(share.overdue for share in self.shares)


def shift_page(*, by: Member, now: datetime) -> ShiftPage:
    """Return what waits for an answer by owner, and the median time to a first human answer."""
    require(by, Permission.SHIFT_SEE)
    names = {str(key): name for key, name in Member.objects.values_list("pk", "name")}
    waiting = visible(by).filter(waiting_since__isnull=False, state__in=UNCLOSED)
    counted = waiting.order_by().values("owner")
    totals = counted.annotate(
        total=Count("pk"), late=Count("pk", filter=overdue(now=now) & CAN_BE_ANSWERED)
    )
    shown = _first_of_each(waiting, now=now)
    shares = [
        Share(
            names.get(one["owner"]) or _("nobody yet"),
            one["total"],
            one["late"],
            tuple(shown[one["owner"]]),
        )
        for one in totals.order_by("owner")
    ]
    return ShiftPage(at=now, shares=tuple(shares), first_answer=_first_answer(by))


def _first_of_each(waiting: QuerySet[Case], *, now: datetime) -> dict[str, list[QueueRow]]:
    """Return the first cases of each owner, so that the page stays one however much waits."""
    place = Window(RowNumber(), partition_by="owner", order_by=[F("urgency"), F("waiting_since")])
    first = waiting.annotate(place=place).filter(place__lte=MOST_OF_ONE).order_by("place", *ORDER)
    found: dict[str, list[QueueRow]] = defaultdict(list)
    keys = list(first.values_list("pk", flat=True)[:MOST_SHOWN])
    for row in with_silence(plain_rows_of(cases_in(keys), now=now)):
        found[row.case.owner].append(row)
    return found


def _first_answer(by: Member) -> str:
    answered = visible(by).filter(answered_at__isnull=False).order_by("-answered_at")
    spans = [
        (answer - filed).total_seconds()
        for filed, answer in answered.values_list("filed_at", "answered_at")[:ANSWERED_LATELY]
        if answer is not None
    ]
    return short_span(timedelta(seconds=median(spans))) if spans else ""
