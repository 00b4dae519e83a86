"""Which answers are overdue, as one rule for the database: a bound for each urgency."""

from datetime import datetime, timedelta

from django.db.models import Q

from oberih.desk.rows import due_at
from oberih.desk.urgency import Urgency

LONGEST = timedelta(days=60)


def overdue(*, now: datetime) -> Q:
    """Return the rule of cases whose answer is overdue, to the second.

    An answer is due the later the later somebody wrote, so one moment divides each urgency: who
    waits since before it waits too long. It is found by halving, some twenty steps.
    """
    rule = Q(pk__in=[])
    for urgency in Urgency:
        rule |= Q(urgency=urgency, waiting_since__lte=_bound(urgency, now=now))
    return rule


def _bound(urgency: Urgency, *, now: datetime) -> datetime:
    shortest, longest = 0, int(LONGEST.total_seconds())
    while shortest < longest:
        middle = (shortest + longest) // 2
        if now > due_at(urgency, since=now - timedelta(seconds=middle)):
            longest = middle
        else:
            shortest = middle + 1
    return now - timedelta(seconds=shortest)
