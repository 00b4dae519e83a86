"""The second reader reads, after the filing, what the engine alone found nothing loud in.

It takes tens of milliseconds a message, so the worker does it: a bounded time a round, the most
urgent and the oldest first. What it does not come to, or what changes meanwhile, goes on waiting.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from time import monotonic

from django.db import transaction
from django.db.models import Q, QuerySet

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.check.engine import assess
from oberih.check.rules import Rules, UnknownRules
from oberih.check.second.artefact import UnknownReader, digest_of_files, rules_for
from oberih.check.values import Assessment
from oberih.check.values import Conversation as Said
from oberih.desk import threads
from oberih.desk.assessing import QUIET, raise_assessment
from oberih.desk.casework.passing_on import urgency_to_main
from oberih.desk.models import Case, Conversation, ReadBy
from oberih.desk.states import CaseState

Load = Callable[[Said], Rules]
"""Gives the rules that read a conversation of its length."""

LOG = logging.getLogger(__name__)
SECONDS = 1.0
MOST_AT_ONCE = 500
IS_WORKED_ON = ~Q(state=CaseState.CLOSED) | ~Q(merged_into="")

ODD = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What a text that nobody thought of could break in a reader; it costs that case's reading only."""

SET = (
    *("band", "route", "stage", "tactics", "assessment", "urgency", "support", "physical"),
    *("waits_for_second", "version"),
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """How long a turn may read, by which clock; it reads one case at least."""

    seconds: float = SECONDS
    clock: Callable[[], float] = monotonic


def take_turn(*, load: Load = rules_for, allowed: Allowed | None = None) -> int:
    """Read what waits until the time is over; return how many cases were read."""
    _let_wait_where_changed()
    waiting = list(_waiting()[:MOST_AT_ONCE])
    if not waiting or not _can_read(load):
        return 0
    allowed = allowed or Allowed()
    until = allowed.clock() + allowed.seconds
    for count, case in enumerate(waiting, start=1):
        _read(case, load=load)
        if allowed.clock() >= until:
            return count
    return len(waiting)


def _let_wait_where_changed() -> None:
    """Let quiet cases wait again once another check is installed than the one that read them."""
    try:
        digest = digest_of_files()
    except OSError:
        return
    if ReadBy.objects.filter(digest=digest).exists():
        return
    with transaction.atomic():
        Case.objects.filter(IS_WORKED_ON, band__in=QUIET).update(waits_for_second=True)
        ReadBy.objects.update_or_create(id=1, defaults={"digest": digest})


def _waiting() -> QuerySet[Case, str]:
    """Return the cases that wait; a closed one was judged by a person and waits till reopened."""
    rows = Case.objects.filter(IS_WORKED_ON, waits_for_second=True)
    return rows.order_by("urgency", "filed_at", "pk").values_list("pk", flat=True)


def _can_read(load: Load) -> bool:
    """Tell whether the second reader is there; without it the engine's answers stand."""
    try:
        load(Said(()))
    except (UnknownReader, UnknownRules, OSError) as error:
        _say_once(type(error).__name__)
        return False
    return True


@cache
def _say_once(trouble: str) -> None:
    """Log it in the first round only: until somebody installs Oberih again it stays so."""
    LOG.warning("The second reader cannot read: %s", trouble)


def _read(key: str, *, load: Load) -> None:
    """Judge a case outside any transaction, then set what is louder if nothing came meanwhile."""
    conversation = Conversation.objects.select_related("case").filter(case=key).first()
    if conversation is None:
        return
    case = conversation.case
    material = threads.material(threads.entries(conversation.messages.all()))
    found = _judged(case, material=material, load=load)
    _settle(case, found=found, places=material.places)


def _judged(case: Case, *, material: threads.Material, load: Load) -> Assessment | None:
    """Return what both readers find; nothing for what is left to the engine."""
    rules = load(material.conversation)
    if rules.second is None:
        return None
    try:
        return assess(material.conversation, answers=case.answers, rules=rules)
    except ODD as error:
        LOG.warning("The second reader left a case to the engine: %s", type(error).__name__)
    return None


@transaction.atomic
def _settle(seen: Case, *, found: Assessment | None, places: tuple[threads.Place, ...]) -> None:
    """Set the answer in the row as it was when it was read; a changed one goes on waiting."""
    same = Case.objects.filter(pk=seen.pk, version=seen.version, waits_for_second=True)
    case = same.select_for_update().first()
    if case is None:
        return
    case.waits_for_second = False
    if found is not None and raise_assessment(case, found=found, places=places):
        case.version += 1
        urgency_to_main(case)
        detail = {"band": case.band}
        record(Act.CASE_RAISED, actor=None, subject=f"case {case.pk}", detail=detail)
    case.save(update_fields=SET)
