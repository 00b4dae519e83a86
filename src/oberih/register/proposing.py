"""Links proposed for the register: every listed row that may be somebody who is sought.

Runs in the worker, not in a page. The working tables live in memory alone; what is stored is the
proposal with its reasons. Nothing is accepted here: decisions that people took are applied again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Max

from oberih.register.link_models import LinkDecision, LinkProposal, LinkRun, Verdict
from oberih.register.linkage.assignment import Lengths
from oberih.register.linkage.candidates import Candidates, joined
from oberih.register.linkage.deciding import Decided, decide, prior
from oberih.register.linkage.engines import Engine, candidates_by
from oberih.register.linkage.levels import FIELDS
from oberih.register.linkage.model import Model, load_model
from oberih.register.linkage.reading import Row
from oberih.register.linkage.table import table_of
from oberih.register.list_columns import Column
from oberih.register.list_models import IssueState, ListEntry, ListIssue, ListKind
from oberih.register.list_rows import spelling_of
from oberih.register.models import Identity, NameForm, SoughtPerson

LEAST = 0.1
"""A candidate less probable is no proposal."""
MOST_OF_ONE = 5
BATCH = 2_000

Pair = tuple[str, int]
"""A person's id and an entry's number."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair with its probability, what each field adds, and whether it is tied."""

    pair: Pair
    probability: float
    contributions: dict[str, float]
    is_tied: bool


def propose_when_changed(*, now: datetime) -> LinkRun | None:
    """Propose links anew when people, lists or the model changed since the last run."""
    model = load_model()
    over = _over(model)
    last = LinkRun.objects.order_by("-pk").first()
    if last is not None and last.over == over:
        return None
    return propose(model, over=over, now=now)


def propose(model: Model, *, over: str, now: datetime) -> LinkRun:
    """Compare everybody with every listed row, store the proposals, and return the run."""
    listed = _listed()
    people, entries = _people(), [_entry(one) for one in listed]
    weighed = _weighed(people, entries, model=model)
    lengths = Lengths(len(people), len(entries))
    with transaction.atomic():
        _store(weighed, decided=_decided(listed), engine=model.name)
        return LinkRun.objects.create(
            engine=model.name,
            over=over,
            prior=prior(model.overlap, lengths=lengths),
            people=len(people),
            entries=len(entries),
            at=now,
        )


def _over(model: Model) -> str:
    """Return what a run stands on: equal as long as it would give the same."""
    tables = (SoughtPerson, NameForm, Identity)
    counts = [str(one.objects.count()) for one in tables]
    issues = ListIssue.objects.filter(state=IssueState.DONE).aggregate(last=Max("pk"))
    return f"{model.name} {' '.join(counts)} {issues['last'] or 0}"


def _people() -> list[Row]:
    """Return everybody who is sought as one row: the first spelling, the first of each mark."""
    marks: dict[str, list[Identity]] = {}
    for one in Identity.objects.order_by("-pk").iterator(BATCH):
        marks.setdefault(one.person_id, []).append(one)
    names: dict[str, NameForm] = {}
    for form in NameForm.objects.order_by("-pk").iterator(BATCH):
        names[form.person_id] = form
    return [_person(form, known=marks.get(person, [])) for person, form in sorted(names.items())]


def _person(form: NameForm, *, known: list[Identity]) -> Row:
    cells = {"dob": "", "birthplace": "", "unit": ""}
    for one in known:  # the newest first, so that the first word stands
        born = one.born_on.isoformat() if one.born_on else str(one.born_year or "")
        told = {"dob": born, "birthplace": one.birthplace, "unit": one.unit}
        cells |= {name: cell for name, cell in told.items() if cell}
    return Row(form.person_id, form.surname, form.given, form.patronymic, **cells)


def _listed() -> list[ListEntry]:
    """Return the rows of each source's last list of people it names."""
    done = ListIssue.objects.filter(state=IssueState.DONE, kind=ListKind.LISTED)
    last = done.values("source").annotate(last=Max("pk")).values_list("last", flat=True)
    rows = ListEntry.objects.filter(issue__in=list(last)).select_related("issue")
    return list(rows.order_by("pk"))


def _entry(one: ListEntry) -> Row:
    name = spelling_of(one.fields)
    told = (Column.BORN, Column.BIRTHPLACE, Column.UNIT)
    cells = [one.fields.get(column.value, "") for column in told]
    return Row(str(one.pk), name.surname, name.given, name.patronymic, *cells)


def _weighed(people: list[Row], entries: list[Row], *, model: Model) -> list[Weighed]:
    if not people or not entries:
        return []
    tables = table_of(people), table_of(entries)
    found = candidates_by(Engine.DUCKDB)(*tables, model=model, least=None)
    candidates = joined([part for _, _, part in found])
    decided = decide(candidates, model=model, lengths=Lengths(len(people), len(entries)))
    return [
        Weighed(
            (people[candidates.a[at]].id, int(entries[candidates.b[at]].id)),
            float(decided.probability[at]),
            {
                field.name: round(float(told[at]), 2)
                for field, told in zip(FIELDS, candidates.contributions, strict=True)
            },
            bool(decided.tied[at]),
        )
        for at in _best(candidates, decided=decided)
    ]


def _best(candidates: Candidates, *, decided: Decided) -> list[int]:
    """Return the places of what is worth proposing: a few rows a person."""
    chosen: list[int] = []
    seen: dict[int, int] = {}
    for at in np.argsort(-decided.probability, kind="stable"):
        if decided.probability[at] < LEAST:
            break
        person = int(candidates.a[at])
        seen[person] = seen.get(person, 0) + 1
        if seen[person] <= MOST_OF_ONE:
            chosen.append(int(at))
    return chosen


def _store(weighed: Iterable[Weighed], *, decided: dict[Pair, Verdict], engine: str) -> None:
    """Put the proposals in the place of the earlier ones; decided pairs stay and are decided."""
    before = {(one.person_id, one.entry_id): one for one in LinkProposal.objects.all()}
    rows = {one.pair: _row(one, before=before, engine=engine) for one in weighed}
    for pair, verdict in decided.items():
        if pair not in rows and verdict is not Verdict.PROPOSED:
            unlikely = Weighed(pair, 0.0, {}, is_tied=False)
            rows[pair] = _row(unlikely, before=before, engine=engine)
    for pair, row in rows.items():
        row.state = decided.get(pair, Verdict.PROPOSED).value
    gone = [row.pk for pair, row in before.items() if pair not in rows]
    for start in range(0, len(gone), BATCH):
        LinkProposal.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    told = ["probability", "contributions", "is_tied", "engine", "state"]
    LinkProposal.objects.bulk_update([one for one in rows.values() if one.pk], told, batch_size=500)
    LinkProposal.objects.bulk_create([one for one in rows.values() if not one.pk], batch_size=BATCH)


def _row(one: Weighed, *, before: dict[Pair, LinkProposal], engine: str) -> LinkProposal:
    person, entry = one.pair
    row = before.get(one.pair) or LinkProposal(person_id=person, entry_id=entry)
    row.probability, row.is_tied = one.probability, one.is_tied
    row.contributions, row.engine = one.contributions, engine
    return row


def _decided(listed: list[ListEntry]) -> dict[Pair, Verdict]:
    """Return what people decided of these rows, by the source's own mark of each."""
    decisions: dict[tuple[int, str], list[LinkDecision]] = {}
    for one in LinkDecision.objects.all():
        decisions.setdefault((one.source_id, one.match), []).append(one)
    return {
        (one.person_id, entry.pk): Verdict(one.verdict)
        for entry in listed
        for one in decisions.get((entry.issue.source_id, entry.match), [])
    }
