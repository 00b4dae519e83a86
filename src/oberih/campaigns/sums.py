"""The sums of groups, counted when a group changes and never for a page; floods held apart.

A day on which more contacts join one group than handlers write to families in a day is a flood of
reports, until a person says otherwise: these contacts stay in the group and in the queue, but count
for nothing. Which days these are depends on the contacts alone, not on their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from oberih.campaigns.models import Contact, Group, Release

FLOOD = 100
"""More contacts of one group in a day wait for a person; forty families in a day do not."""

BAR = 3
"""So many unrelated families make an alarm, and may be published about."""


@dataclass(frozen=True, slots=True)
class Member:
    """A contact as the sums see it."""

    case: str
    family: str
    day: date


def add_up(groups: Iterable[str], *, gone: Iterable[str], book: int) -> None:
    """Count these groups anew, and forget those that are gone."""
    wanted = list(groups)
    members: dict[str, list[Member]] = defaultdict(list)
    rows = Contact.objects.filter(book=book, group__in=wanted)
    for group, case, family, day in rows.values_list("group", "case", "family", "day"):
        members[group].append(Member(case, family, day))
    Group.objects.bulk_create(
        [_sum(name, members=listed, book=book) for name, listed in sorted(members.items())],
        update_conflicts=True,
        unique_fields=["book", "name"],
        update_fields=[
            "contacts", "families", "first_day", "last_day", "third_day", "quarantined",
        ],
    )  # fmt: skip
    empty = {*gone, *wanted} - set(members)
    if empty:
        Group.objects.filter(book=book, name__in=empty).delete()


def held_days(group: str, *, book: int) -> set[date]:
    """Return the days of a group that are held apart now."""
    rows = Contact.objects.filter(book=book, group=group).values_list("case", "family", "day")
    return flooded_days([Member(*row) for row in rows])


def flooded_days(members: list[Member]) -> set[date]:
    """Return the days whose contacts are held apart."""
    counted = Counter(member.day for member in members)
    over = {day for day, count in counted.items() if count > FLOOD}
    if not over:
        return over
    released = Release.objects.filter(day__in=over).values_list("case", "day")
    cases = {member.case for member in members}
    return over - {day for case, day in released if case in cases}


def _sum(name: str, *, members: list[Member], book: int) -> Group:
    flooded = flooded_days(members)
    first: dict[str, date] = {}
    for member in members:
        if member.day not in flooded:
            first[member.family] = min(member.day, first.get(member.family, member.day))
    arrivals = sorted(first.values())
    return Group(
        book=book,
        name=name,
        contacts=len(members),
        families=len(first),
        first_day=min(member.day for member in members),
        last_day=max(member.day for member in members),
        third_day=arrivals[BAR - 1] if len(arrivals) >= BAR else None,
        quarantined=sum(member.day in flooded for member in members),
    )
