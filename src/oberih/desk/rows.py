"""The lines of a list of cases: in how many families an identifier was seen, what is due when.

Everything counted here is counted over the cases that the reader may see.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from oberih.campaigns.floods import held_cases
from oberih.core.hours import Hours, parse_hours
from oberih.desk import words
from oberih.desk.access.visible import may_see
from oberih.desk.assessing import signs_of
from oberih.desk.families import root
from oberih.desk.models import Case, CaseIdentifier, Message
from oberih.desk.regions import region_name
from oberih.desk.states import CaseId, Direction
from oberih.desk.urgency import ANSWER_WITHIN, WORDS, Urgency, reasons_for
from oberih.staff.models import Member

MINUTES_AS_SUCH = 100
HOURS_AS_SUCH = 48
BEGINNING = 200
MOST_OTHERS = 200


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at cases and when; nobody is the desk's own machine, which hides nothing."""

    by: Member | None
    now: datetime

    @property
    def rule(self) -> Q:
        """Return what the reader may see of the cases behind identifiers."""
        return Q() if self.by is None else may_see(self.by, through="case__")


@dataclass(frozen=True, slots=True)
class SeenIdentifier:
    """An identifier of a case and how many families it was seen in, this one included."""

    kind: str
    value: str
    families: int
    day: date | None = None

    def __str__(self) -> str:
        """Return it as the contract spells it."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """How long is left to answer, or for how long an answer is overdue; in words."""

    is_overdue: bool
    span: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; `text` is empty for those who may not read cases.

    `forbidden` is the word for what forbids a reply now, empty where one may be written.
    """

    case: Case
    urgency: Urgency
    age: str
    clock: AnswerClock | None
    identifiers: tuple[SeenIdentifier, ...]
    text: str
    reasons: tuple[str, ...] = field(default=())
    forbidden: str = ""

    @property
    def families(self) -> int:
        """Return the greatest number of families that share an identifier, this one included."""
        return max((one.families for one in self.identifiers), default=1)

    @property
    def urgency_word(self) -> str:
        """Return the urgency as a word."""
        return str(WORDS[self.urgency])

    @property
    def tactics(self) -> list[str]:
        """Return the tactics in plain words."""
        return words.tactic_words(self.case.tactics)

    @property
    def region(self) -> str:
        """Return the region's name, empty when none was given."""
        return region_name(self.case.region)

    @property
    def level(self) -> str:
        """Return the urgency as the name of a style."""
        return self.urgency.name.lower()

    @property
    def stage_word(self) -> str:
        """Return the stage in plain words, empty when nothing latched."""
        return "" if self.case.stage is None else str(words.STAGES[self.case.stage])


def rows_of(cases: Iterable[Case], *, look: Look) -> list[QueueRow]:
    """Return the lines of these cases, without their words, with few queries."""
    listed = list(cases)
    identifiers = identifiers_of([case.pk for case in listed], look=look)
    return [_row(case, identifiers=identifiers[case.pk], now=look.now) for case in listed]


def plain_rows_of(cases: Iterable[Case], *, now: datetime) -> list[QueueRow]:
    """Return the lines of these cases with neither words nor identifiers: no query at all."""
    return [_row(case, identifiers=[], now=now) for case in cases]


def with_beginnings(rows: Iterable[QueueRow]) -> list[QueueRow]:
    """Return the lines with the first words of each report."""
    listed = list(rows)
    texts = _beginnings([row.case.pk for row in listed])
    return [replace(row, text=texts.get(row.case.pk, "")) for row in listed]


def with_texts(rows: Iterable[QueueRow]) -> list[QueueRow]:
    """Return the lines with the whole text of each report."""
    listed = list(rows)
    texts = _first_texts([row.case.pk for row in listed])
    return [replace(row, text=texts.get(row.case.pk, "")) for row in listed]


def identifiers_of(cases: list[str], *, look: Look) -> dict[str, list[SeenIdentifier]]:
    """Return each case's identifiers, the most shared first."""
    found: dict[str, list[SeenIdentifier]] = defaultdict(list)
    families = _families_of_identifiers(cases, look=look)
    rows = CaseIdentifier.objects.filter(case_id__in=cases).values_list(
        "case_id", "identifier_id", "identifier__kind", "identifier__value", "day"
    )
    for case, identifier, kind, value, day in rows:
        found[case].append(SeenIdentifier(kind, value, families.get(identifier, 1), day))
    for seen in found.values():
        seen.sort(key=lambda one: (-one.families, one.kind, one.value))
    return found


def _families_of_identifiers(cases: list[str], *, look: Look) -> dict[int, int]:
    """Return in how many families the reader sees each identifier of these cases."""
    shared = CaseIdentifier.objects.filter(case_id__in=cases).values("identifier_id")
    rows = CaseIdentifier.objects.filter(look.rule, identifier_id__in=shared)
    rows = rows.exclude(case__in=held_cases())
    counted = rows.values("identifier_id").annotate(n=Count(root("case__"), distinct=True))
    return dict(counted.values_list("identifier_id", "n"))


def counts_of_same_identifier(cases: Iterable[str]) -> dict[str, int]:
    """Return how many other cases share an identifier with each; for the desk's own machine."""
    of_case: dict[str, set[int]] = defaultdict(set)
    of_identifier: dict[int, set[str]] = defaultdict(set)
    for case, identifier in CaseIdentifier.objects.values_list("case_id", "identifier_id"):
        of_case[case].add(identifier)
        of_identifier[identifier].add(case)
    return {
        case: len(set().union(*(of_identifier[one] for one in of_case[case])) - {case})
        for case in cases
    }


def same_identifier_cases(case: CaseId, *, by: Member) -> list[CaseId]:
    """Return the other cases, of those the member may see, that share an identifier with it."""
    shared = CaseIdentifier.objects.filter(case_id=case).values("identifier_id")
    others = CaseIdentifier.objects.filter(
        may_see(by, through="case__"), identifier_id__in=shared
    ).exclude(case_id=case)
    found = others.order_by("-case__filed_at").values_list("case_id", flat=True)[:MOST_OTHERS]
    return [CaseId(key) for key in dict.fromkeys(found)]


def _row(case: Case, *, identifiers: list[SeenIdentifier], now: datetime) -> QueueRow:
    return QueueRow(
        case=case,
        urgency=Urgency(case.urgency),
        age=short_span(now - case.filed_at),
        clock=clock_of(case, now=now),
        identifiers=tuple(identifiers),
        text="",
        reasons=tuple(str(reason) for reason in reasons_for(signs_of(case), route=case.route)),
    )


def _beginnings(cases: list[str]) -> dict[str, str]:
    first = Message.objects.filter(
        conversation__case_id__in=cases, direction=Direction.REPORT, sequence=1
    )
    begun = first.annotate(begun=Substr("text", 1, BEGINNING))
    return dict(begun.values_list("conversation__case_id", "begun"))


def _first_texts(cases: list[str]) -> dict[str, str]:
    texts: dict[str, list[str]] = defaultdict(list)
    rows = (
        Message.objects.filter(
            conversation__case_id__in=cases, direction=Direction.REPORT, sequence=F("part")
        )
        .order_by("sequence")
        .values_list("conversation__case_id", "text")
    )
    for case, text in rows:
        texts[case].append(text)
    return {case: "".join(parts) for case, parts in texts.items()}


def short_span(span: timedelta) -> str:
    """Return a span in its largest unit: "5 min", "3 h", "2 d"."""
    minutes = int(abs(span).total_seconds()) // 60
    if minutes < MINUTES_AS_SUCH:
        return _("%(n)d min") % {"n": minutes}
    hours = minutes // 60
    return (
        _("%(n)d h") % {"n": hours} if hours < HOURS_AS_SUCH else _("%(n)d d") % {"n": hours // 24}
    )


def clock_of(case: Case, *, now: datetime) -> AnswerClock | None:
    """Return how long is left to answer; None when nothing waits for one."""
    if case.waiting_since is None:
        return None
    due = due_at(Urgency(case.urgency), since=case.waiting_since)
    return AnswerClock(is_overdue=now > due, span=short_span(due - now))


def due_at(urgency: Urgency, *, since: datetime) -> datetime:
    """Return by when to answer: danger at any hour, the rest within the desk's stated hours."""
    if urgency is Urgency.NOW:
        return since + ANSWER_WITHIN[urgency]
    return _hours(settings.HOURS).due(since, within=ANSWER_WITHIN[urgency])


@cache
def _hours(stated: str) -> Hours:
    return parse_hours(stated, zone=ZoneInfo(settings.TIME_ZONE))
