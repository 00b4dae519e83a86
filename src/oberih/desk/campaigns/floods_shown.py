"""What a page says of floods: what is held apart, what was called fake, what a person let count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from oberih.campaigns.models import Contact, Group, Release
from oberih.campaigns.taking import live_book


@dataclass(frozen=True, slots=True)
class ShownFlood:
    """A group with a flood: how many reports are held, how many set apart as fakes."""

    group: int
    held: int
    apart: int
    is_released: bool


def floods_in(contacts: Sequence[Contact]) -> tuple[ShownFlood, ...]:
    """Return the floods among these contacts, a group at a time; mostly there are none."""
    held = Counter(one.group for one in contacts if one.is_held and not one.is_apart)
    apart = Counter(one.group for one in contacts if one.is_apart)
    released = _released({one.case: one.group for one in contacts})
    names = {*held, *apart, *released}
    if not names:
        return ()
    groups = Group.objects.filter(book=live_book(), name__in=names).order_by("name")
    return tuple(
        ShownFlood(one.pk, held[one.name], apart[one.name], one.name in released) for one in groups
    )


def _released(group_of: dict[str, str]) -> set[str]:
    cases = Release.objects.filter(case__in=group_of).values_list("case", flat=True)
    return {group_of[case] for case in cases}
