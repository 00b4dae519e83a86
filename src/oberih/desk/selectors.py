"""What the desk's pages and commands read: the queue in its views, the counts beside them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict

from oberih.desk.access.visible import visible
from oberih.desk.care.models import PassedOn
from oberih.desk.models import Case
from oberih.desk.rows import Look, QueueRow, rows_of, with_beginnings, with_texts
from oberih.desk.search.finding import matching
from oberih.desk.silence import with_silence
from oberih.desk.states import CaseState
from oberih.desk.working.filters import Filters, read_filters
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_ROWS = 40
MOST_PAGES = 15
LONGEST_SEARCH = 200
MOST_COUNTED = 1_000
ORDER = ("urgency", F("waiting_since").asc(nulls_last=True), "filed_at")
UNCLOSED = (CaseState.NEW, CaseState.OPEN, CaseState.WAITING)
NEWEST = ("-filed_at",)


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the queue is asked for."""

    name: str = "open"
    search: str = ""
    filters: Filters = field(default_factory=Filters)
    page: int = 1

    @property
    def query(self) -> str:
        """Return the view as the part of an address after the question mark."""
        return self.filters.query({"view": self.name, "q": self.search})


@dataclass(frozen=True, slots=True)
class Queue:
    """The rows that fit, how many more there are, and the counts of each view."""

    rows: tuple[QueueRow, ...]
    has_more: bool
    counts: dict[str, str]


def read_view(given: QueryDict) -> View:
    """Return the view of an address; an odd page is the first."""
    page = given.get("page", "1")
    return View(
        name=given.get("view", "open"),
        search=given.get("q", "")[:LONGEST_SEARCH],
        filters=read_filters(given, only=given.getlist("only")),
        page=int(page) if page.isdecimal() and 0 < int(page) <= MOST_PAGES else 1,
    )


def queue(view: View, *, by: Member, now: datetime) -> Queue:
    """Return the queue in the order in which it should be worked; who may not read gets no text."""
    require(by, Permission.QUEUE_SEE)
    look = Look(by, now)
    keys = _keys(view, by=by, now=now)
    rows = rows_of(cases_in(keys[:MOST_ROWS]), look=look)
    if by.may(Permission.CASE_READ):
        rows = with_beginnings(rows)
    return Queue(rows=tuple(with_silence(rows)), has_more=len(keys) > MOST_ROWS, counts=counts(by))


def whole_queue(*, now: datetime) -> list[QueueRow]:
    """Return every unclosed case with its text, for a command on the desk's own machine."""
    cases = Case.objects.filter(state__in=UNCLOSED).defer("assessment", "answers")
    return with_texts(rows_of(cases.order_by(*ORDER), look=Look(None, now)))


def cases_in(keys: list[str]) -> list[Case]:
    """Return these cases in this order, without what a list does not show."""
    found = Case.objects.defer("assessment", "answers").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def in_view(view: View, *, by: Member, now: datetime) -> QuerySet[Case]:
    """Return the cases of a view that the member may see, not yet searched or ordered."""
    return view.filters.applied(_named_view(view.name, by=by), now=now)


def counts(by: Member) -> dict[str, str]:
    """Return how many cases each view has; of the closed ones no more than a thousand are told."""
    mine = Q(owner=str(by.pk))
    told = visible(by).filter(state__in=UNCLOSED).aggregate(
        open=Count("pk", filter=~Q(state=CaseState.WAITING)),
        new=Count("pk", filter=Q(owner="")),
        mine=Count("pk", filter=mine),
        waiting=Count("pk", filter=Q(state=CaseState.WAITING)),
    )  # fmt: skip
    closed = visible(by).filter(state=CaseState.CLOSED).order_by(*NEWEST)
    found = len(closed.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    shown = f"{MOST_COUNTED}+" if found > MOST_COUNTED else str(found)
    return {name: str(number) for name, number in told.items()} | {"closed": shown}


def _keys(view: View, *, by: Member, now: datetime) -> list[str]:
    """Return the ids of one page of the view, and one more when there is more."""
    first = (view.page - 1) * MOST_ROWS
    cases = in_view(view, by=by, now=now)
    if view.search.strip():
        found = matching(view.search, among=cases, by=by, most=first + MOST_ROWS + 1)
        return found[first:]
    order = NEWEST if view.name == "closed" else ORDER
    keys = cases.order_by(*order).values_list("pk", flat=True)
    return list(keys[first : first + MOST_ROWS + 1])


def _named_view(name: str, *, by: Member) -> QuerySet[Case]:
    views = {
        "open": Q(state__in=(CaseState.NEW, CaseState.OPEN)),
        "new": Q(state__in=UNCLOSED, owner=""),
        "mine": Q(state__in=UNCLOSED, owner=str(by.pk)),
        "waiting": Q(state=CaseState.WAITING),
        "closed": Q(state=CaseState.CLOSED),
        "all": Q(),
    }
    cases = visible(by).filter(views.get(name, Q(state__in=UNCLOSED)))
    if name != "new":
        return cases
    return cases.exclude(pk__in=PassedOn.objects.filter(member=str(by.pk)).values("case"))
