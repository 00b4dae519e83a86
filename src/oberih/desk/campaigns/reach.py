"""How many families a campaign reached, and how many of them nobody has warned yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from oberih.campaigns.models import Contact
from oberih.desk.models import Case


@dataclass(frozen=True, slots=True)
class Reach:
    """Families, each counted once; `quiet` ones asked not to be written to, or ended it."""

    families: int
    answered: int
    unwarned: int
    quiet: int


def reach_of(contacts: Iterable[Contact]) -> Reach:
    """Return the reach of these contacts."""
    family = {one.case: one.family for one in contacts}
    cases = Case.objects.filter(pk__in=family).select_related("conversation")
    cases_of: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        cases_of[family[case.pk]].append(case)
    answered = {name for name, listed in cases_of.items() if any(one.answered_at for one in listed)}
    open_to = {
        name
        for name, listed in cases_of.items()
        if any(one.conversation.may_be_written for one in listed)
    }
    waiting = set(cases_of) - answered
    return Reach(
        families=len(cases_of),
        answered=len(answered),
        unwarned=len(waiting & open_to),
        quiet=len(waiting - open_to),
    )
