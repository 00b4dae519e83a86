"""Cases of a list into which nothing may be written now: said there, instead of how long is left.

A clock that runs beside "do not write" would press somebody to write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Q

from oberih.desk.casework.together import silent
from oberih.desk.models import Case, Conversation
from oberih.desk.rows import QueueRow
from oberih.desk.services import forbidding
from oberih.desk.words import FORBIDDEN

CAN_BE_ANSWERED = Q(
    conversation__is_alone=True,
    conversation__is_deleted=False,
    conversation__moved_to="",
    conversation__words_must_change=False,
)
"""The rule of cases whose own conversation takes a reply."""


def with_silence(rows: Iterable[QueueRow]) -> list[QueueRow]:
    """Return the lines with the word for what forbids a reply, in three questions."""
    listed = list(rows)
    found = _forbidden([row.case for row in listed])
    return [replace(row, forbidden=found.get(row.case.pk, "")) for row in listed]


def _forbidden(cases: list[Case]) -> Mapping[str, str]:
    """Return the word by case; one in which another is worked on can be answered there."""
    keys, silenced = [case.pk for case in cases], silent(cases)
    merged = set(Case.objects.filter(merged_into__in=keys).values_list("merged_into", flat=True))
    found = {}
    for one in Conversation.objects.filter(case__in=keys).select_related("case"):
        why = forbidding(one, silenced=silenced)
        if why is not None and (one.case_id in silenced or one.case_id not in merged):
            found[one.case_id] = str(FORBIDDEN[why.__name__])
    return found
