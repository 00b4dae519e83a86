"""What one family is told of its own request: prepared by tracing, released by another person.

The status and whether it may be spoken of are computed twice, when the news is prepared and when
it is released. A death is never told from here: the table itself has no place for it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.exchange_states import PROVEN, Proof
from oberih.register.family_words import NEVER_HERE, status_for_family
from oberih.register.models import Consignment, Event, FamilyNews, Relation
from oberih.register.refusals import (
    NewsIsStale,
    NewsWaits,
    NoSuchNews,
    NoSuchRequester,
    NothingMayBeTold,
    NotVerified,
    ReleaseByAnother,
)
from oberih.register.selectors import fact_of
from oberih.register.states import EventType, Status
from oberih.register.statuses import Fact, effective, standing_of
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_CONSIGNMENTS = 20
MOST_DUE = 300


@dataclass(frozen=True, slots=True)
class OwnConsignment:
    """Something of theirs that was sent, and whether its arrival is proven or only stated."""

    kind: str
    sent_on: date
    is_proven: bool
    is_stated: bool


@dataclass(frozen=True, slots=True)
class FamilyView:
    """What one requester may hear: status, who told them and when, and their own consignments."""

    status: Status
    told_on: date | None
    consignments: tuple[OwnConsignment, ...]


@dataclass(frozen=True, slots=True)
class DueNews:
    """A request whose family may hear something new, or is to be informed in person."""

    requester: str
    status: Status
    is_in_person: bool


Words = Callable[[FamilyView], str]
Send = Callable[[str, str], int]
"""Writes a text into a case and returns the reply's number."""


def family_view(relation: Relation) -> FamilyView:
    """Return what the requester may hear; raises NothingMayBeTold where the rest is a death."""
    facts = _facts(relation)
    if standing_of(facts).status in NEVER_HERE:
        raise NothingMayBeTold
    told = [
        one for one in effective(facts) if one.type is EventType.FAMILY_NOTIFIED and one.is_official
    ]
    return FamilyView(
        status=status_for_family(facts),
        told_on=max((one.day for one in told), default=None),
        consignments=tuple(_own(relation)),
    )


def draft_news(requester: str, *, words: Words, by: Member, now: datetime) -> FamilyNews:
    """Prepare news for a requester whose case is known; raises NewsWaits, NothingMayBeTold.

    Whether the requester is verified is the desk's to say, when it is released.
    """
    require(by, Permission.REGISTER_KIN)
    relation = Relation.objects.select_related("requester").filter(requester=requester).first()
    if relation is None or not relation.requester.case:
        raise NoSuchRequester
    if not relation.requester.verified_how:
        raise NotVerified
    view = family_view(relation)
    try:
        with transaction.atomic():
            row = FamilyNews.objects.create(
                relation=relation,
                case=relation.requester.case,
                status=view.status.value,
                text=words(view),
                drafted_by=str(by.pk),
                drafted_at=now,
            )
            _note(Act.NEWS_DRAFTED, row=row, by=by)
    except IntegrityError as error:
        raise NewsWaits from error
    return row


def release_news(news: int, *, send: Send, by: Member, now: datetime) -> None:
    """Release news as another person; `send` writes it into the case in the same transaction.

    Raises NoSuchNews, ReleaseByAnother, NewsIsStale.
    """
    require(by, Permission.CASE_ANSWER)
    with transaction.atomic():
        row = _waiting(news)
        if row.drafted_by == str(by.pk):
            raise ReleaseByAnother
        if not row.relation.requester.verified_how:
            raise NotVerified
        if _status_now(row) != row.status:
            raise NewsIsStale
        row.released_by, row.released_at = str(by.pk), now
        row.reply = send(row.case, row.text)
        row.save(update_fields=["released_by", "released_at", "reply"])
        _note(Act.NEWS_RELEASED, row=row, by=by)


def withdraw_news(news: int, *, by: Member, now: datetime) -> None:
    """Take prepared news back before it is released."""
    require(by, Permission.REGISTER_KIN)
    with transaction.atomic():
        row = _waiting(news)
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        _note(Act.NEWS_WITHDRAWN, row=row, by=by)


def unrelease(reply: int, *, now: datetime) -> None:
    """Let news wait again whose reply was taken back; the caller records the act.

    Where a newer one waits already, this one is withdrawn.
    """
    row = FamilyNews.objects.select_for_update().filter(reply=reply).first()
    if row is None:
        return
    open_ = FamilyNews.objects.filter(released_at__isnull=True, withdrawn_at__isnull=True)
    if open_.filter(relation=row.relation_id).exists():
        row.withdrawn_at = now
    row.released_by, row.released_at, row.reply = "", None, None
    row.save(update_fields=["released_by", "released_at", "reply", "withdrawn_at"])


def waiting_news(case: str) -> list[FamilyNews]:
    """Return what waits for a case to be released."""
    rows = FamilyNews.objects.filter(case=case, released_at__isnull=True)
    return list(rows.filter(withdrawn_at__isnull=True))


def due_news(*, by: Member) -> list[DueNews]:
    """Return at most 300 requests whose family has not heard what may be said now.

    Of a death nothing is prepared: the line says that the competent body informs in person. All
    verified requests are looked at, 300 at a time: those who have heard hide nobody behind them.
    """
    require(by, Permission.REGISTER_KIN)
    rows = Relation.objects.exclude(requester__case="").exclude(requester__verified_how="")
    found, last = list[DueNews](), 0
    while len(found) < MOST_DUE:
        relations = list(rows.filter(pk__gt=last).order_by("pk")[:MOST_DUE])
        if not relations:
            break
        found += _due(relations)
        last = relations[-1].pk
    return found[:MOST_DUE]


def _due(relations: list[Relation]) -> Iterator[DueNews]:
    heard = dict(
        FamilyNews.objects.filter(relation__in=relations, withdrawn_at__isnull=True)
        .order_by("pk")
        .values_list("relation", "status")
    )
    facts: dict[str, list[Fact]] = defaultdict(list)
    people = {one.person_id for one in relations}
    for row in Event.objects.filter(person__in=people).select_related("source"):
        facts[row.person_id].append(fact_of(row))
    for one in relations:
        known = facts[one.person_id]
        in_person = standing_of(known).status in NEVER_HERE
        status = status_for_family(known)
        if in_person or heard.get(one.pk) != status:
            yield DueNews(one.requester_id, status, in_person)


def _status_now(row: FamilyNews) -> str:
    try:
        return family_view(row.relation).status.value
    except NothingMayBeTold:
        return ""


def _waiting(news: int) -> FamilyNews:
    rows = FamilyNews.objects.select_for_update().select_related("relation__requester")
    open_ = rows.filter(released_at__isnull=True, withdrawn_at__isnull=True)
    found = open_.filter(pk=news).first()
    if found is None:
        raise NoSuchNews
    return found


def _facts(relation: Relation) -> list[Fact]:
    rows = Event.objects.filter(person=relation.person_id).select_related("source")
    return [fact_of(row) for row in rows]


def _own(relation: Relation) -> list[OwnConsignment]:
    rows = Consignment.objects.filter(relation=relation).order_by("-sent_on", "-pk")
    return [
        OwnConsignment(one.kind, one.sent_on, one.proof in PROVEN, one.proof == Proof.STATED)
        for one in rows[:MOST_CONSIGNMENTS]
    ]


def _note(act: Act, *, row: FamilyNews, by: Member) -> None:
    detail = {"news": row.pk}
    record(act, actor=by.member_id, subject=f"case {row.case}", detail=detail)
