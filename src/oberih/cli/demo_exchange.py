"""Fills the demo's ledger, letters, channels and news: invented, and after the demo's register."""

import os
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from oberih.crypto.age import Identity
from oberih.desk import services as desk
from oberih.desk.models import Case
from oberih.desk.register import telling
from oberih.desk.states import CaseId, VerifiedHow
from oberih.register import ledger, services
from oberih.register.claim_check import Claimed
from oberih.register.claims import Told
from oberih.register.exchange_states import ConsignmentKind, Paper, Proof
from oberih.register.ledger import Acknowledged, Sent
from oberih.register.letters import LetterWish, write_letter
from oberih.register.models import ChannelPost, Consignment, Relation, Requester, Source
from oberih.register.posts import take_posts
from oberih.register.refusals import NobodyToAskFor
from oberih.register.states import PersonId, SourceKind
from oberih.staff.models import Member

PLACES = ("СІЗО-2", "ВК-10")
MONTHS = 3
A_MONTH = 9
PROOFS = (Proof.CARRIER, Proof.NONE, Proof.RED_CROSS, Proof.STATED)
POSTS = (
    (101, "Пленные дали интервью. Вербицкий Роман говорит, что здоров."),
    (102, "Погода на выходные: без осадков."),
)


def fill_exchange_once(*, by: Member, officer: Member, now: datetime) -> None:
    """Add what was sent, a letter to a bureau, a channel's posts, a claim and news that waits."""
    if Consignment.objects.exists():
        return
    relation = Relation.objects.order_by("pk")[0]
    _send(relation, by=by, now=now)
    _write(by=by, now=now)
    _post(by=by, now=now)
    _tell(relation, by=by, officer=officer, now=now)


def _send(relation: Relation, *, by: Member, now: datetime) -> None:
    """Send parcels for three months to two places; what arrived has one proof or another."""
    person = PersonId(relation.person_id)
    for number in range(len(PLACES) * MONTHS * A_MONTH):
        place, month = number % 2, number // 2 % MONTHS
        day = localdate(now) - timedelta(days=30 * month + 20)
        requester = relation.requester_id if number < len(PROOFS) else ""
        kind = ConsignmentKind.PARCEL if number % 3 else ConsignmentKind.LETTER
        sent = Sent(person, kind, day, "Червоний Хрест (приклад)", PLACES[place], requester)
        row = ledger.record_sent(sent, by=by, now=now)
        proof = PROOFS[(number // 6 + place) % len(PROOFS)]
        if proof:
            arrival = Acknowledged(day + timedelta(days=15), proof)
            ledger.record_arrival(row.pk, arrival=arrival, by=by, now=now)


def _write(*, by: Member, now: datetime) -> None:
    """Write to the bureau, sealed to a key that nobody keeps."""
    source = Source.objects.filter(kind=SourceKind.BUREAU).order_by("pk")[0]
    recipient = str(Identity(os.urandom(32)).recipient)
    try:
        write_letter(LetterWish(source.pk, "long-silence", "uk", recipient), by=by, now=now)
    except NobodyToAskFor:
        return


def _post(*, by: Member, now: datetime) -> None:
    source = Source.objects.filter(kind=SourceKind.INTERMEDIARY).order_by("pk")[0]
    day = localdate(now) - timedelta(days=5)
    posts = [ChannelPost(number=number, posted_on=day, text=text) for number, text in POSTS]
    take_posts(posts, source=source.pk, by=by, now=now)


def _tell(relation: Relation, *, by: Member, officer: Member, now: datetime) -> None:
    """Verify the requester in a case of the demo, enter a claim there, leave news to release."""
    open_cases = Case.objects.filter(under18=False, team__in=officer.team_ids)
    case = open_cases.filter(conversation__is_alone=True).order_by("-urgency", "pk").first()
    if case is None:
        return
    Requester.objects.filter(pk=relation.requester_id).update(case=case.pk)
    services.prove_requester(relation.requester_id, how="in person", by=by)
    desk.verify_requester(CaseId(case.pk), how=VerifiedHow.IN_PERSON, by=officer)
    month = (date(now.year, now.month, 1) - timedelta(days=50)).replace(day=1)
    claimed = Claimed("ВК-10", month, month + timedelta(days=27), paper=Paper.LETTER)
    telling.enter(CaseId(case.pk), told=Told(claimed, "Вербицький Роман"), by=officer, now=now)
    telling.draft(relation.requester_id, by=by, now=now)
