"""Merged cases are one person's: who asks in one of them not to be written to, asks it in all."""

from collections.abc import Iterable

from django.db.models import Q

from oberih.desk.models import Case, Conversation


def main_of(case: Case) -> str:
    """Return the case in which a case is worked on: itself, unless it is merged."""
    return str(case.merged_into or case.pk)


def silent(cases: Iterable[Case]) -> frozenset[str]:
    """Return the main cases, of these, in which somebody is not alone: nothing may be written.

    The cases are named first, each way by its index; one question over both tables reads them all.
    """
    mains = {main_of(case) for case in cases}
    whole = Case.objects.filter(Q(pk__in=mains) | Q(merged_into__in=mains)).values("pk")
    found = Conversation.objects.filter(is_alone=False, case__in=whole)
    return frozenset(main_of(row.case) for row in found.select_related("case"))


def is_one_person(cases: Iterable[str]) -> bool:
    """Tell whether two of these cases are merged: into each other, or both into a third."""
    rows = list(Case.objects.filter(pk__in=list(cases)))
    return len({main_of(row) for row in rows}) < len(rows)
