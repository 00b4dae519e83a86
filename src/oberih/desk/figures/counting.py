"""What the desk counts. Each function is one pass over the cases of its span: O(n) of these."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from oberih.campaigns import bursts
from oberih.desk.casework.models import Referral
from oberih.desk.models import Case, Conversation, Message
from oberih.desk.states import Direction

WEEKS = 12
WEEK = timedelta(days=7)
DEEPEST = 7
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Week:
    """The desk's load in one week: reports, first answers, and how long they took in hours."""

    monday: date
    filed: int
    answered: int
    p50: float | None
    p90: float | None


def monday_of(moment: datetime) -> date:
    """Return the Monday of a moment's week (UTC)."""
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def mondays(now: datetime) -> list[date]:
    """Return the Mondays of the last twelve weeks, the oldest first."""
    last = monday_of(now)
    return [last - WEEK * back for back in range(WEEKS - 1, -1, -1)]


def tactics_by_week(now: datetime) -> dict[str, list[int]]:
    """Return how many cases show a tactic, by week, the most frequent tactic first."""
    weeks = mondays(now)
    place = {monday: number for number, monday in enumerate(weeks)}
    found: dict[str, list[int]] = {}
    rows = _since(weeks[0]).values_list("filed_at", "tactics")
    for filed_at, tactics in rows.iterator(chunk_size=2_000):
        for tactic in tactics:
            found.setdefault(tactic, [0] * WEEKS)[place[monday_of(filed_at)]] += 1
    return dict(sorted(found.items(), key=lambda item: (-sum(item[1]), item[0])))


def reached_stages(now: datetime) -> list[int]:
    """Return how many cases of the last year reached each stage, 0 to 7, or a later one."""
    rows = Case.objects.filter(filed_at__gte=now - YEAR, stage__isnull=False)
    at = dict(rows.values_list("stage").annotate(n=Count("pk")).order_by())
    return [
        sum(count for stage, count in at.items() if stage >= least) for least in range(DEEPEST + 1)
    ]


def burst_weeks(now: datetime, *, tactics: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return for each tactic the weeks in which its reports burst, by the campaigns' own rule."""
    weeks = mondays(now)
    first = weeks[0] - timedelta(days=bursts.DAYS)
    length = (weeks[-1] + WEEK - first).days
    daily = {tactic: [0] * length for tactic in tactics}
    rows = _since(first).values_list("filed_at", "tactics")
    for filed_at, found in rows.iterator(chunk_size=2_000):
        day = (filed_at.astimezone(UTC).date() - first).days
        for tactic in daily.keys() & set(found):
            daily[tactic][day] += 1
    return {tactic: _burst_weeks(counts) for tactic, counts in daily.items()}


def days_to_stages(now: datetime) -> dict[int, float]:
    """Return after how many days half of the year's cases had written what took them to a stage.

    From the first message to the last one that the family sent; the way there may be shorter.
    """
    rows = Message.objects.filter(
        direction=Direction.REPORT,
        conversation__case__filed_at__gte=now - YEAR,
        conversation__case__stage__isnull=False,
    )
    spans: dict[int, list[int]] = {}
    ends = rows.values_list("conversation__case__stage", "conversation_id").order_by()
    for stage, _conversation, first, last in ends.annotate(first=Min("day"), last=Max("day")):
        spans.setdefault(stage, []).append((last - first).days)
    return {stage: median(days) for stage, days in spans.items()}


def regions(now: datetime) -> dict[str, int]:
    """Return how many cases of the last twelve weeks came from each region."""
    rows = _since(mondays(now)[0]).values_list("region").annotate(n=Count("pk")).order_by()
    return dict(rows)


def load_by_week(now: datetime) -> list[Week]:
    """Return reports, first human answers and their time by week."""
    weeks = mondays(now)
    filed: Counter[date] = Counter()
    spans: dict[date, list[float]] = {monday: [] for monday in weeks}
    rows = _since(weeks[0]).values_list("filed_at", "answered_at")
    for filed_at, answered_at in rows.iterator(chunk_size=2_000):
        filed[monday_of(filed_at)] += 1
        if answered_at is not None:
            hours = (answered_at - filed_at).total_seconds() / 3600
            spans.setdefault(monday_of(answered_at), []).append(hours)
    return [_week(monday, filed=filed[monday], spans=spans[monday]) for monday in weeks]


def share_that_came_back(now: datetime) -> tuple[int, int]:
    """Return in how many conversations of a year she wrote after an answer, and of how many."""
    answered = Conversation.objects.filter(
        case__filed_at__gte=now - YEAR, case__answered_at__isnull=False
    )
    later = Message.objects.filter(
        conversation=OuterRef("pk"),
        direction=Direction.REPORT,
        at__gt=OuterRef("case__answered_at"),
    )
    return answered.filter(Exists(later)).count(), answered.count()


def referred_with_a_yes(now: datetime) -> tuple[int, int]:
    """Return how many referrals of a year rest on the family's yes, and of how many.

    The others rest on danger to life, which two people confirmed.
    """
    sent = Referral.objects.filter(sent_at__gte=now - YEAR)
    return sent.filter(consent__isnull=False).count(), sent.count()


def danger_answered(now: datetime, *, within: timedelta) -> tuple[int, int]:
    """Return how many reports of physical danger were answered in time, and of how many."""
    rows = Case.objects.filter(filed_at__gte=now - YEAR, physical=True)
    spans = rows.values_list("filed_at", "answered_at")
    in_time = sum(1 for filed, answer in spans if answer is not None and answer - filed <= within)
    return in_time, rows.count()


def month_tables(month: str) -> dict[str, dict[str, int]]:
    """Return a whole month's counts, one table a question; never two questions in one table."""
    start, end = month_bounds(month)
    cases = list(
        Case.objects.filter(filed_at__gte=start, filed_at__lt=end).values_list(
            "tactics", "region", "band", "route"
        )
    )
    return {
        "tactic": dict(Counter(tactic for row in cases for tactic in set(row[0]))),
        "region": dict(Counter(row[1] for row in cases)),
        "band": dict(Counter(row[2] for row in cases)),
        "route": dict(Counter(row[3] for row in cases)),
    }


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """Return a month's first moment and the next one's (UTC); raises ValueError."""
    start = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    return start, (start + timedelta(days=32)).replace(day=1)


def _since(monday: date) -> QuerySet[Case]:
    start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    return Case.objects.filter(filed_at__gte=start)


def _burst_weeks(counts: list[int]) -> frozenset[int]:
    """Return the weeks that hold a day on which the days up to it are a burst."""
    found = set()
    for day in range(bursts.DAYS, len(counts)):
        window = counts[day + 1 - bursts.DAYS : day + 1]
        if sum(window[-bursts.WINDOW :]) < bursts.FEWEST:
            continue
        if bursts.is_burst(bursts.judged(window), series=1):
            found.add((day - bursts.DAYS) // WEEK.days)
    return frozenset(found)


def _week(monday: date, *, filed: int, spans: Iterable[float]) -> Week:
    hours = sorted(spans)
    if not hours:
        return Week(monday, filed, 0, None, None)
    if len(hours) == 1:
        return Week(monday, filed, 1, hours[0], hours[0])
    tenths = quantiles(hours, n=10, method="inclusive")
    return Week(monday, filed, len(hours), tenths[4], tenths[8])
