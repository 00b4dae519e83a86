"""Whom and what place a stranger names, as an officer notes it: two cases that agree are linked.

A claim is the stranger's word, never a fact about a prisoner: it goes to no register and no family.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns.models import Claim
from oberih.campaigns.states import ClueKind
from oberih.campaigns.taking import live_book, take_in
from oberih.core.errors import BadInput, Refused
from oberih.core.skeleton import skeleton
from oberih.desk.access.visible import the_visible
from oberih.desk.campaigns.gathering import facts_of_whole
from oberih.desk.models import Case, Conversation
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST = 80
MOST = 20
_MARKS = " .,!?…:;\"«»()'’-"


class ClaimNeeded(BadInput):
    """Name a person or a place in at most 80 characters."""


class TooManyClaims(Refused):
    """Twenty persons and places are noted for this case: remove one first."""


class NoSuchClaim(BadInput):
    """There is no such note any more: look at the page again."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a place, in the stranger's words."""

    kind: ClueKind
    text: str


def claims_of(case: CaseId) -> list[Claim]:
    """Return what is noted for a case; the caller has checked who asks."""
    return list(Claim.objects.filter(case=case).order_by("kind", "text"))


def note(named: Named, *, case: CaseId, by: Member, now: datetime) -> None:
    """Note a person or place and link the case by it; raises ClaimNeeded, TooManyClaims."""
    require(by, Permission.CASE_NOTE)
    text = " ".join(named.text.split())
    value = folded(text)
    if not value or len(text) > LONGEST:
        raise ClaimNeeded
    with transaction.atomic():
        found = the_visible(case, by=by)
        if Claim.objects.filter(case=case).count() >= MOST:
            raise TooManyClaims
        told = {"text": text, "by": str(by.pk), "at": now}
        Claim.objects.get_or_create(case=case, kind=named.kind, value=value, defaults=told)
        _link(found, act=Act.CLAIM_NOTED, kind=named.kind, by=by)


def remove(claim: int, *, case: CaseId, by: Member) -> None:
    """Remove a note, with the links that rest on it; raises NoSuchClaim."""
    require(by, Permission.CASE_NOTE)
    with transaction.atomic():
        found = the_visible(case, by=by)
        row = Claim.objects.filter(pk=claim, case=case).first()
        if row is None:
            raise NoSuchClaim
        row.delete()
        _link(found, act=Act.CLAIM_REMOVED, kind=ClueKind(row.kind), by=by)


def folded(text: str) -> str:
    """Return what two spellings of one claim have in common: look-alikes, case and marks folded."""
    words = (word.strip(_MARKS) for word in skeleton(text).split())
    return " ".join(word for word in words if word)[:120]


def _link(case: Case, *, act: Act, kind: ClueKind, by: Member) -> None:
    conversation = Conversation.objects.select_related("case").get(case=case)
    take_in(facts_of_whole(conversation), book=live_book())
    record(act, actor=by.member_id, subject=f"case {case.pk}", detail={"kind": kind})
