"""What the pages of proposed links show: a list by probability, and one link side by side."""

from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.register.link_words import CELLS, VERDICTS
from oberih.desk.register.waterfall import Waterfall, waterfall
from oberih.register.link_models import LinkProposal, LinkRun, Verdict
from oberih.register.link_services import decision_on, needs_two
from oberih.register.list_columns import Column
from oberih.register.list_models import ListEntry
from oberih.register.list_rows import spelling_of
from oberih.register.models import Identity, NameForm
from oberih.register.refusals import NoSuchLink
from oberih.register.selectors import first_names
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_SHOWN = 50
RIVALS = 6


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A line of the list: who, which row of whose list, how probable."""

    number: int
    person: str
    entry: str
    source: str
    percent: str
    is_tied: bool
    state: str


@dataclass(frozen=True, slots=True)
class LinksPage:
    """The list of one state, with how many there are of each."""

    lines: tuple[ShownLink, ...]
    counts: tuple[tuple[str, str, int], ...]
    state: str
    run: LinkRun | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A field: what the register's sources say, what the list says, what that is worth."""

    field: str
    here: tuple[str, ...]
    there: str


@dataclass(frozen=True, slots=True)
class LinkPage:
    """One link: both sides, the reasons, its rivals, who has decided what."""

    row: LinkProposal
    person: str
    entry: str
    compared: tuple[Compared, ...]
    waterfall: Waterfall
    rivals: tuple[ShownLink, ...]
    state: str | Promise
    percent: str
    needs_two: bool
    waits_for_another: bool
    is_mine: bool


def links_page(state: Verdict, *, by: Member) -> LinksPage:
    """Return the likeliest links of a state."""
    require(by, Permission.REGISTER_SEE)
    counted = LinkProposal.objects.values_list("state").annotate(n=Count("pk"))
    counts = dict(counted.order_by("state"))
    rows = _rows().filter(state=state.value).order_by("-probability", "pk")[:MOST_SHOWN]
    return LinksPage(
        lines=_lines(list(rows)),
        counts=tuple((one.value, str(VERDICTS[one]), counts.get(one.value, 0)) for one in Verdict),
        state=state.value,
        run=LinkRun.objects.order_by("-pk").first(),
    )


def open_link(number: int, *, by: Member) -> LinkPage:
    """Return one link side by side and record that it was looked at; raises NoSuchLink."""
    require(by, Permission.REGISTER_SEE)
    row = _rows().filter(pk=number).first()
    if row is None:
        raise NoSuchLink
    with transaction.atomic():
        subject = f"link of person {row.person_id}"
        record(Act.REGISTER_LINK_SHOWN, actor=by.member_id, subject=subject)
    run = LinkRun.objects.order_by("-pk").first()
    line = _lines([row])[0]
    decision = decision_on(row)
    waits = row.state == Verdict.SECOND
    return LinkPage(
        row=row,
        person=line.person,
        entry=line.entry,
        compared=_compared(row),
        waterfall=waterfall(row.contributions, prior=run.prior if run else 0.0),
        rivals=_rivals(row),
        state=line.state,
        percent=line.percent,
        needs_two=needs_two(row),
        waits_for_another=waits,
        is_mine=waits and decision is not None and decision.by == str(by.pk),
    )


def next_link(after: int) -> int | None:
    """Return the next proposed link by the list's order, None after the last."""
    proposed = LinkProposal.objects.filter(state=Verdict.PROPOSED).order_by("-probability", "pk")
    numbers = list(proposed.values_list("pk", flat=True)[:MOST_SHOWN])
    follows = dict(pairwise(numbers))
    return follows.get(after) or next((one for one in numbers if one != after), None)


def percent_of(probability: float) -> str:
    """Return a probability in whole percent; never a certainty."""
    return f"{min(max(round(100 * probability), 0), 99)}\N{NO-BREAK SPACE}%"


def _rows() -> QuerySet[LinkProposal]:
    return LinkProposal.objects.select_related("entry__issue__source")


def _lines(rows: list[LinkProposal]) -> tuple[ShownLink, ...]:
    names = first_names(one.person_id for one in rows)
    return tuple(
        ShownLink(
            number=one.pk,
            person=names.get(one.person_id, one.person_id),
            entry=written(one.entry),
            source=one.entry.issue.source.name,
            percent=percent_of(one.probability),
            is_tied=one.is_tied,
            state=str(VERDICTS[Verdict(one.state)]),
        )
        for one in rows
    )


def written(entry: ListEntry) -> str:
    """Return a row's name as the list writes it."""
    name = spelling_of(entry.fields)
    return " ".join(filter(None, (name.surname, name.given, name.patronymic)))


def _rivals(row: LinkProposal) -> tuple[ShownLink, ...]:
    """Return the other proposals of the same person or of the same row of the list."""
    same = _rows().filter(person=row.person_id) | _rows().filter(entry=row.entry_id)
    return _lines(list(same.exclude(pk=row.pk).order_by("-probability", "pk")[:RIVALS]))


def _compared(row: LinkProposal) -> tuple[Compared, ...]:
    forms = list(NameForm.objects.filter(person=row.person_id).order_by("pk")[:RIVALS])
    marks = list(Identity.objects.filter(person=row.person_id).order_by("pk")[:RIVALS])
    name, told = spelling_of(row.entry.fields), row.entry.fields
    born = [one.born_on.isoformat() if one.born_on else str(one.born_year or "") for one in marks]
    both = {
        "surname": ([one.surname for one in forms], name.surname),
        "given": ([one.given for one in forms], name.given),
        "patronymic": ([one.patronymic for one in forms], name.patronymic),
        "dob": (born, told.get(Column.BORN, "")),
        "birthplace": ([one.birthplace for one in marks], told.get(Column.BIRTHPLACE, "")),
        "unit": ([one.unit for one in marks], told.get(Column.UNIT, "")),
    }
    return tuple(
        Compared(str(CELLS[field]), tuple(dict.fromkeys(filter(None, here))), there)
        for field, (here, there) in both.items()
    )
