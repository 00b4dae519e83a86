"""Merged cases are one person's: who asks in one of them not to be written to, asks it in all."""

from collections.abc import Iterable

from django.db.models import Q

from oberih.desk.models import Case, Conversation


def main_of(case: Case) -> str:
    """Return the case in which a case is worked on: itself, unless it is merged."""
    return str(case.merged_into or case.pk)


def silent(cases: Iterable[Case]) -> frozenset[str]:
    """Return the main cases, of these, in which somebody is not alone: nothing may be written."""
    mains = {main_of(case) for case in cases}
    rows = Conversation.objects.filter(is_alone=False)
    found = rows.filter(Q(case__in=mains) | Q(case__merged_into__in=mains))
    return frozenset(main_of(row.case) for row in found.select_related("case"))


def is_one_person(cases: Iterable[str]) -> bool:
    """Tell whether two of these cases are merged: into each other, or both into a third."""
    rows = list(Case.objects.filter(pk__in=list(cases)))
    return len({main_of(row) for row in rows}) < len(rows)
