"""The sums of groups, counted when a group changes and never for a page; floods held apart.

A day on which more contacts join one group than handlers write to families in a day is a flood of
reports, until a person says otherwise: these contacts stay in the group and in the queue, but count
for nothing. Which days these are depends on the contacts alone, not on their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

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
    is_held: bool
    is_apart: bool


def add_up(groups: Iterable[str], *, gone: Iterable[str], book: int) -> None:
    """Count these groups anew, and forget those that are gone."""
    wanted = list(groups)
    members: dict[str, list[Member]] = defaultdict(list)
    rows = Contact.objects.filter(book=book, group__in=wanted)
    columns = ("group", "case", "family", "day", "is_held", "is_apart")
    for group, *told in rows.values_list(*columns):
        members[group].append(Member(*told))
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


def add_one(new: Contact) -> None:
    """Count a new contact that joined one group: what `add_up` says, without reading the group."""
    same_day = Contact.objects.filter(book=new.book, group=new.group, day=new.day)
    sums = Group.objects.filter(book=new.book, name=new.group).first()
    if sums is None or same_day.count() == FLOOD + 1:
        add_up([new.group], gone=(), book=new.book)
    elif same_day.filter(is_held=True, is_apart=False).exists():
        _hold_one(new, sums=sums)
    elif sums.third_day is None or new.day < sums.third_day:
        add_up([new.group], gone=(), book=new.book)
    else:
        _count_one(new, sums=sums)


def held_days(group: str, *, book: int) -> set[date]:
    """Return the days of a group that are held apart now, but for what a person set apart."""
    rows = Contact.objects.filter(book=book, group=group, is_held=True, is_apart=False)
    return set(rows.values_list("day", flat=True))


def _hold_one(new: Contact, *, sums: Group) -> None:
    Contact.objects.filter(pk=new.pk).update(is_held=True)
    Group.objects.filter(pk=sums.pk).update(
        contacts=F("contacts") + 1,
        quarantined=F("quarantined") + 1,
        first_day=min(sums.first_day, new.day),
        last_day=max(sums.last_day, new.day),
    )


def _count_one(new: Contact, *, sums: Group) -> None:
    kin = Contact.objects.filter(book=new.book, family=new.family, group=new.group, is_held=False)
    is_known = kin.exclude(pk=new.pk).exists()
    Group.objects.filter(pk=sums.pk).update(
        contacts=F("contacts") + 1,
        families=F("families") + (0 if is_known else 1),
        last_day=max(sums.last_day, new.day),
    )


def _flooded_days(members: list[Member]) -> set[date]:
    """Return the days whose contacts are held apart."""
    counted = Counter(member.day for member in members)
    over = {day for day, count in counted.items() if count > FLOOD}
    if not over:
        return over
    released = Release.objects.filter(day__in=over).values_list("case", "day")
    cases = {member.case for member in members}
    return over - {day for case, day in released if case in cases}


def _sum(name: str, *, members: list[Member], book: int) -> Group:
    flooded = _flooded_days(members)
    held = {one.case for one in members if one.is_apart or one.day in flooded}
    _mark(name, members=members, held=held, book=book)
    first: dict[str, date] = {}
    for member in members:
        if member.case not in held:
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
        quarantined=len(held),
    )


def _mark(name: str, *, members: list[Member], held: set[str], book: int) -> None:
    """Write in each contact whether it is held; most groups have nothing to write."""
    rows = Contact.objects.filter(book=book, group=name)
    for is_held in (True, False):
        days = {
            (one.day, one.is_apart)
            for one in members
            if (one.case in held) is is_held and one.is_held is not is_held
        }
        for day, is_apart in days:
            rows.filter(day=day, is_apart=is_apart).update(is_held=is_held)
