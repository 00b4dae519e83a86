"""Cases of a list into which nothing may be written now: said there, instead of how long is left.

A clock that runs beside "do not write" would press somebody to write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Q

from oberih.core.errors import Refused
from oberih.desk.casework.together import main_of, silent
from oberih.desk.models import Case, Conversation
from oberih.desk.rows import QueueRow
from oberih.desk.services import NotAlone, forbidding
from oberih.desk.words import FORBIDDEN

CAN_BE_ANSWERED = Q(
    conversation__is_alone=True,
    conversation__is_deleted=False,
    conversation__moved_to="",
    conversation__words_must_change=False,
)
"""The rule of cases whose own conversation takes a reply."""

ENDED = Q(is_deleted=True) | ~Q(moved_to="") | Q(words_must_change=True)
"""The rule of conversations that take none for another reason than that somebody is not alone."""


def with_silence(rows: Iterable[QueueRow]) -> list[QueueRow]:
    """Return the lines with the word for what forbids a reply, in at most three questions."""
    listed = list(rows)
    found = _forbidden([row.case for row in listed])
    return [
        replace(row, forbidden=str(FORBIDDEN[found[row.case.pk].__name__]))
        if row.case.pk in found
        else row
        for row in listed
    ]


def _forbidden(cases: list[Case]) -> Mapping[str, type[Refused]]:
    """Return the refusal by case; one in which another is worked on can be answered there."""
    listed, silenced = {case.pk: case for case in cases}, silent(cases)
    found: dict[str, type[Refused]] = {
        case.pk: NotAlone for case in cases if main_of(case) in silenced
    }
    ended = list(Conversation.objects.filter(ENDED, case__in=listed))
    merged = Case.objects.filter(merged_into__in=[one.case_id for one in ended])
    answered_there = set(merged.values_list("merged_into", flat=True)) if ended else set()
    for one in ended:
        one.case = listed[one.case_id]
        why = forbidding(one, silenced=silenced)
        if why is not None and one.case_id not in answered_there:
            found[one.case_id] = why
    return found
