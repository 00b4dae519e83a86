"""How many families stand behind something: whoever changed her words is still one family.

Reports of a flood that is held apart (`oberih.campaigns.sums`) count for no family anywhere.
"""

from collections.abc import Iterable

from django.db import models
from django.db.models import Count, F, Q, QuerySet

from oberih.campaigns.floods import held_cases
from oberih.core.identifiers import Identifier
from oberih.desk import moves
from oberih.desk.access.visible import may_see
from oberih.desk.models import Case, CaseIdentifier, Conversation
from oberih.staff.models import Member


def root(through: str = "") -> models.Case:
    """Return the family's first case as a database expression."""
    is_first = models.When(**{f"{through}family": ""}, then=F(f"{through}pk"))
    return models.Case(is_first, default=F(f"{through}family"), output_field=models.CharField())


def reporting(identifier: Identifier) -> int:
    """Return how many families reported an identifier, hidden cases too, floods not.

    Only for rules that keep a family from being recognised; a page shows `reporting_seen`.
    """
    return _count(_naming(identifier).exclude(case__in=held_cases()), through="case__")


def reporting_seen(identifier: Identifier, *, by: Member) -> int:
    """Return how many families reported an identifier in cases that the member may see."""
    seen = _naming(identifier).filter(may_see(by, through="case__"))
    return _count(seen.exclude(case__in=held_cases()), through="case__")


def behind(cases: QuerySet[Case]) -> int:
    """Return how many families these cases come from, those of a flood not counted."""
    return _count(cases.exclude(pk__in=held_cases()))


def join(conversation: Conversation) -> None:
    """Note the family's first case in every case of an agreed move; part of the caller's work."""
    cases = [one.case_id for one in moves.joined(conversation)]
    if not cases:
        return
    unite([*cases, conversation.case_id])


def unite(cases: Iterable[str]) -> None:
    """Note in these cases, and in all of their families, the first case of them all."""
    linked = Case.objects.filter(pk__in=list(cases))
    firsts = {case.family or case.pk for case in linked}
    together = Case.objects.filter(Q(pk__in=firsts) | Q(family__in=firsts))
    [first, *later] = together.order_by("filed_at", "pk").values_list("pk", flat=True)
    Case.objects.filter(pk__in=later).update(family=first)
    Case.objects.filter(pk=first).update(family="")


def _naming(identifier: Identifier) -> QuerySet[CaseIdentifier]:
    return CaseIdentifier.objects.filter(
        identifier__kind=identifier.kind, identifier__value=identifier.value
    )


def _count(rows: QuerySet[Case] | QuerySet[CaseIdentifier], *, through: str = "") -> int:
    counted = rows.aggregate(n=Count(root(through), distinct=True))
    return int(counted["n"])
