"""What people say of links and clues: remembered, obeyed at once, and counted for calibration."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns import clues
from oberih.campaigns.calibration import Reasons, count
from oberih.campaigns.models import Clue, ClueVerdict, Contact, LinkVerdict, Release
from oberih.campaigns.network import whys_between
from oberih.campaigns.settling import settle
from oberih.campaigns.states import ClueKind, Verdict
from oberih.campaigns.sums import add_up, held_days
from oberih.campaigns.taking import live_book
from oberih.core.errors import BadInput, Refused
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


class NoSuchLink(BadInput):
    """There is no such link any more: look at the page again."""


class NotToItself(Refused):
    """A case cannot be linked with itself."""


class NothingHeld(Refused):
    """Nothing of that day is held apart in this group."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two contacts of the live book, by row, and what is said of them."""

    one: int
    other: int
    verdict: Verdict


def judge(said: Judgement, *, by: Member, now: datetime) -> None:
    """Keep a verdict on a link and group anew; raises NoSuchLink, NotToItself."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        book = live_book()
        ends = sorted(contact.case for contact in _contacts((said.one, said.other), book=book))
        whys = whys_between(*ends, book=book)
        reasons: Reasons = [(why.reason.value, round(why.strength, 3)) for why in whys]
        count(said.verdict, reasons=reasons, instead=_before(ends))
        LinkVerdict.objects.update_or_create(
            one=ends[0],
            other=ends[1],
            defaults={
                "verdict": said.verdict, "reasons": reasons, "by": str(by.pk), "at": now,
            },
        )  # fmt: skip
        settle(ends, book=book)
        record(
            Act.LINK_JUDGED,
            actor=by.member_id,
            subject=f"case {ends[0]}",
            detail={"other": f"case {ends[1]}", "verdict": said.verdict},
        )


def judge_clue(clue: int, *, verdict: Verdict, by: Member, now: datetime) -> None:
    """Call a clue innocent (rejected) or a handler's (accepted); unsure takes that back."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        book = live_book()
        row = Clue.objects.filter(pk=clue, book=book).first()
        if row is None:
            raise NoSuchLink
        ClueVerdict.objects.update_or_create(
            kind=row.kind,
            value=row.value,
            defaults={"verdict": verdict, "by": str(by.pk), "at": now},
        )
        settle(clues.decide(ClueKind(row.kind), value=row.value, book=book), book=book)
        detail = {"kind": row.kind, "verdict": verdict}
        record(Act.CLUE_JUDGED, actor=by.member_id, subject=f"clue {row.pk}", detail=detail)


def release(group: str, *, by: Member, now: datetime) -> None:
    """Let everything that is held apart in a group count; raises NothingHeld."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        book = live_book()
        members = Contact.objects.filter(book=book, group=group)
        days = held_days(group, book=book)
        if not days:
            raise NothingHeld
        for day in sorted(days):
            case = members.filter(day=day).order_by("case").values_list("case", flat=True)[0]
            Release.objects.get_or_create(
                case=case, day=day, defaults={"by": str(by.pk), "at": now}
            )
        add_up({group}, gone=(), book=book)
        record(
            Act.QUARANTINE_RELEASED,
            actor=by.member_id,
            subject=f"group {group}",
            detail={"days": [day.isoformat() for day in sorted(days)]},
        )


def hold_again(group: str, *, by: Member) -> None:
    """Take a release back: what it let count is held apart again."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        book = live_book()
        cases = Contact.objects.filter(book=book, group=group).values("case")
        if not Release.objects.filter(case__in=cases).delete()[0]:
            raise NothingHeld
        add_up({group}, gone=(), book=book)
        record(Act.QUARANTINE_HELD, actor=by.member_id, subject=f"group {group}", detail={})


def _before(ends: Sequence[str]) -> LinkVerdict | None:
    return LinkVerdict.objects.filter(one=ends[0], other=ends[1]).first()


def _contacts(numbers: Iterable[int], *, book: int) -> list[Contact]:
    wanted = set(numbers)
    rows = list(Contact.objects.filter(book=book, pk__in=wanted))
    if len(wanted) == 1:
        raise NotToItself
    if len(rows) != len(wanted):
        raise NoSuchLink
    return rows
