"""What the desk's pages and commands read: the queue, the counts, the families of an identifier."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField
from django.utils.translation import gettext as _

from oberih.core.identifiers import find
from oberih.desk import words
from oberih.desk.families import first_cases
from oberih.desk.filing import signs_of
from oberih.desk.models import Case, CaseIdentifier, Message
from oberih.desk.regions import region_name
from oberih.desk.states import CaseId, CaseState, Direction
from oberih.desk.urgency import ANSWER_WITHIN, WORDS, Urgency, reasons_for
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_ROWS = 200
ORDER = ("urgency", F("waiting_since").asc(nulls_last=True), "filed_at")
MINUTES_AS_SUCH = 100
HOURS_AS_SUCH = 48


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the queue is asked for."""

    name: str = "open"
    search: str = ""


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
    """One line of the queue; `text` is empty for those who may not read cases."""

    case: Case
    urgency: Urgency
    age: str
    clock: AnswerClock | None
    identifiers: tuple[SeenIdentifier, ...]
    text: str
    reasons: tuple[str, ...] = field(default=())

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


@dataclass(frozen=True, slots=True)
class Queue:
    """The rows that fit, how many more there are, and the counts of each view."""

    rows: tuple[QueueRow, ...]
    more: int
    counts: dict[str, int]


def queue(view: View, *, by: Member, now: datetime) -> Queue:
    """Return the queue in the order in which it should be worked; who may not read gets no text."""
    require(by, Permission.QUEUE_SEE)
    found = _in_view(view, by=by)
    total = found.count()
    ordered = found.order_by(*ORDER)[:MOST_ROWS]
    rows = rows_of(ordered, with_text=by.may(Permission.CASE_READ), now=now)
    return Queue(rows=tuple(rows), more=max(0, total - MOST_ROWS), counts=_counts(by))


def whole_queue(*, now: datetime) -> list[QueueRow]:
    """Return every unclosed case with its text, for a command on the desk's own machine."""
    cases = Case.objects.exclude(state=CaseState.CLOSED)
    ordered = cases.order_by(*ORDER)
    return rows_of(ordered, with_text=True, now=now)


def rows_of(cases: Iterable[Case], *, with_text: bool, now: datetime) -> list[QueueRow]:
    """Return the lines of these cases with few queries, however many they are."""
    listed = list(cases)
    keys = [case.pk for case in listed]
    identifiers = identifiers_of(keys)
    texts = _first_texts(keys) if with_text else {}
    return [
        QueueRow(
            case=case,
            urgency=Urgency(case.urgency),
            age=short_span(now - case.filed_at),
            clock=_clock(case, now=now),
            identifiers=tuple(identifiers[case.pk]),
            text=texts.get(case.pk, ""),
            reasons=tuple(str(reason) for reason in reasons_for(signs_of(case))),
        )
        for case in listed
    ]


def identifiers_of(cases: list[str]) -> dict[str, list[SeenIdentifier]]:
    """Return each case's identifiers, the most shared first."""
    found: dict[str, list[SeenIdentifier]] = defaultdict(list)
    families_of = _families_of_identifiers(cases)
    rows = CaseIdentifier.objects.filter(case_id__in=cases).values_list(
        "case_id", "identifier_id", "identifier__kind", "identifier__value", "day"
    )
    for case, identifier, kind, value, day in rows:
        found[case].append(SeenIdentifier(kind, value, len(families_of[identifier]), day))
    for seen in found.values():
        seen.sort(key=lambda one: (-one.families, one.kind, one.value))
    return found


def _families_of_identifiers(cases: list[str]) -> dict[int, set[str]]:
    """Return the families behind each identifier of these cases, each named by its first case."""
    first = first_cases()
    families: dict[int, set[str]] = defaultdict(set)
    shared = CaseIdentifier.objects.filter(case_id__in=cases).values("identifier_id")
    rows = CaseIdentifier.objects.filter(identifier_id__in=shared)
    for identifier, case in rows.values_list("identifier_id", "case_id"):
        families[identifier].add(first.get(case, case))
    return families


def counts_of_same_identifier(cases: Iterable[str]) -> dict[str, int]:
    """Return how many other cases share an identifier with each case."""
    of_case: dict[str, set[int]] = defaultdict(set)
    of_identifier: dict[int, set[str]] = defaultdict(set)
    for case, identifier in CaseIdentifier.objects.values_list("case_id", "identifier_id"):
        of_case[case].add(identifier)
        of_identifier[identifier].add(case)
    return {
        case: len(set().union(*(of_identifier[one] for one in of_case[case])) - {case})
        for case in cases
    }


def same_identifier_cases(case: CaseId) -> list[CaseId]:
    """Return the other cases that share at least one identifier with this one."""
    shared = CaseIdentifier.objects.filter(case_id=case).values("identifier_id")
    others = CaseIdentifier.objects.filter(identifier_id__in=shared).exclude(case_id=case)
    return [CaseId(key) for key in sorted(set(others.values_list("case_id", flat=True)))]


def _first_texts(cases: list[str]) -> dict[str, str]:
    texts: dict[str, list[str]] = defaultdict(list)
    rows = (
        Message.objects.filter(conversation__case_id__in=cases, direction=Direction.REPORT)
        .order_by("sequence")
        .values_list("conversation__case_id", "sequence", "part", "text")
    )
    for case, sequence, part, text in rows:
        if sequence == part:
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


def _clock(case: Case, *, now: datetime) -> AnswerClock | None:
    if case.waiting_since is None:
        return None
    due = case.waiting_since + ANSWER_WITHIN[Urgency(case.urgency)]
    return AnswerClock(is_overdue=now > due, span=short_span(due - now))


def _in_view(view: View, *, by: Member) -> QuerySet[Case]:
    cases = _named_view(view.name, by=by)
    search = view.search.strip()
    if not search:
        return cases
    if not by.may(Permission.CASE_READ):
        return cases.filter(pk__iexact=search)
    texts = Message.objects.annotate(folded=_folded("text")).filter(
        folded__contains=search.casefold()
    )
    return cases.filter(
        Q(pk__iexact=search)
        | Q(pk__in=_cases_with(search))
        | Q(conversation__mailbox__in=texts.values("conversation_id"))
    )


def _cases_with(search: str) -> QuerySet[CaseIdentifier]:
    """Return the cases of the identifiers in the search, however they are typed."""
    named = Q(identifier__value__contains=search.lower())
    for found in find(search):
        named |= Q(identifier__kind=found.identifier.kind, identifier__value=found.identifier.value)
    return CaseIdentifier.objects.filter(named).values("case_id")  # type: ignore[return-value]  # a subquery


def _folded(field: str) -> Func:
    """Fold case in the database: SQLite's own function folds Latin letters only."""
    function = "casefold" if connection.vendor == "sqlite" else "lower"
    return Func(F(field), function=function, output_field=TextField())


def _named_view(name: str, *, by: Member) -> QuerySet[Case]:
    unclosed = Case.objects.exclude(state=CaseState.CLOSED)
    views = {
        "open": unclosed.exclude(state=CaseState.WAITING),
        "new": unclosed.filter(owner=""),
        "mine": unclosed.filter(owner=str(by.pk)),
        "waiting": unclosed.filter(state=CaseState.WAITING),
        "closed": Case.objects.filter(state=CaseState.CLOSED),
    }
    return views.get(name, unclosed)


def _counts(by: Member) -> dict[str, int]:
    names = ("open", "new", "mine", "waiting", "closed")
    return {name: _named_view(name, by=by).count() for name in names}
