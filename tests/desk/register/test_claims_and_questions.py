"""Claims for officers alone and never told on; proof questions opened once, by a specialist."""

from datetime import date, timedelta

import pytest
from desk_cast import Browse
from django.db import IntegrityError, transaction
from django.urls import reverse
from register_cast import Cast

from oberih.audit.models import Entry
from oberih.crypto.age import Identity
from oberih.desk.models import Case, Conversation, InternalNote, Message, Reply
from oberih.desk.register import telling
from oberih.desk.services import reply
from oberih.desk.states import CaseId
from oberih.register import ledger, services
from oberih.register.exchange_states import ConsignmentKind, Proof
from oberih.register.ledger import Acknowledged, Sent, arrived
from oberih.register.models import CallerClaim, Consignment, FamilyNews, ProofQuestion, Requester
from oberih.register.proof_questions import Posed, seal_question, use_question
from oberih.register.refusals import (
    NoSuchQuestion,
    NotProven,
    NotTheSpecialistsKey,
    NotVerified,
    PlaceOfTheRegister,
)
from oberih.register.states import EventType, PersonId, SourceKind
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases,
    pytest.mark.usefixtures("person"),
]
CASE = CaseId("AAAA-1111")
HERE = f"/cases/{CASE}/register/"
KEY, OTHER = (Identity.from_seed(bytes([one] * 32)) for one in (1, 2))
QUESTION = "Як звали нашого першого пса? Сірко"


@pytest.fixture
def person(register: Cast) -> PersonId:
    """Return somebody whose wife writes to the desk; who she is, is not verified."""
    made = register.person("Гнатюк", "Остап")
    case = Case.objects.create(id=CASE, filed_at=register.now)
    Conversation.objects.create(mailbox="m" * 64, case=case, recipient="", wrapped_mac=b"")
    row = Requester(id="r-1", name="Соломія", case=CASE, added_at=register.now)
    services.add_requester(row, person=made, kin="дружина", by=register.tracing)
    return made


def sealed(register: Cast) -> ProofQuestion:
    return seal_question("r-1", posed=Posed(QUESTION, KEY), by=register.tracing, now=register.now)


def test_a_claim_is_entered_once_and_compared(
    register: Cast, person: PersonId, officer: Member, browse: Browse
) -> None:
    register.event(person, EventType.SEEN, occurred_to=date(2024, 3, 10), place="ВК-10")
    browser = browse(officer)

    browser.post(HERE, {"place": "СІЗО-2", "since": "2024-03", "cellmate": "Ткачук Роман"})
    shown = browser.get(HERE).content.decode()

    assert "Не сходиться із записаним. Записи можуть бути хибні" in shown
    assert "ВК-10" in shown
    assert (CallerClaim.objects.get().since, CallerClaim.objects.get().until) == (
        date(2024, 3, 1), date(2024, 3, 31),
    )  # fmt: skip


@pytest.mark.parametrize("posted", [False, True])
def test_a_cellmate_of_the_register_is_seen_to_have_been_there(
    register: Cast, officer: Member, browse: Browse, *, posted: bool
) -> None:
    mate, seen, day = register.person("Ткачук", "Роман"), EventType.SEEN, date(2024, 3, 10)
    register.event(mate, seen, occurred_to=day, place="СІЗО-2")
    if posted:
        post = register.source(SourceKind.OPEN_SOURCE).pk
        register.event(mate, seen, source=post, occurred_to=day, place="СІЗО-2")
    browser = browse(officer)

    browser.post(HERE, {"place": "СІЗО-2", "since": "2024-03", "cellmate": "Ткачук Роман"})

    assert "хтось із таким іменем тоді там записаний" in browser.get(HERE).content.decode()


def test_an_empty_claim_and_months_turned_round_are_refused(
    officer: Member, browse: Browse
) -> None:
    browser = browse(officer)

    browser.post(HERE, {})
    turned = browser.post(HERE, {"place": "А", "since": "2024-05", "until": "2024-03"})

    assert turned.status_code == 400
    assert not CallerClaim.objects.exists()


def test_the_answer_is_never_told_to_whom_nobody_verified(
    register: Cast, person: PersonId, officer: Member, browse: Browse
) -> None:
    register.event(person, EventType.SEEN, occurred_to=date(2024, 3, 10), place="СІЗО-2")
    browser = browse(officer)
    browser.post(HERE, {"place": "СІЗО-2", "since": "2024-03"})

    shown = browser.get(HERE).content.decode()

    assert "Сходиться із записаним" in shown
    assert "Нічого з цієї сторінки їй не кажіть" in shown
    with pytest.raises(NotVerified):
        telling.draft("r-1", by=register.tracing, now=register.now)
    told = (Reply, Message, FamilyNews, InternalNote)
    assert not any(one.objects.exists() for one in told)


def test_no_reply_names_a_place_of_the_register_to_whom_nobody_verified(
    register: Cast, person: PersonId, officer: Member
) -> None:
    register.event(person, EventType.SEEN, place="СІЗО-2")
    told = "Так, він у Сізо 2."

    with pytest.raises(PlaceOfTheRegister):
        reply(CASE, text=told, by=officer, now=register.now)
    reply(CASE, text="Ми з вами.", by=officer, now=register.now)
    Case.objects.update(requester_verified=True, verified_how="in person")
    reply(CASE, text=told, by=officer, now=register.now)

    assert Reply.objects.count() == 2


@pytest.mark.parametrize("role", [Role.TRACING, Role.ANALYST, Role.AUDITOR])
def test_only_officers_of_the_case_see_claims(member: object, browse: Browse, role: Role) -> None:
    assert browse(member(role)).get(HERE).status_code == 403  # type: ignore[operator]  # a fixture's function


def test_a_stranger_of_another_team_sees_no_claim(member: object, browse: Browse) -> None:
    stranger = member(Role.OFFICER, team="other")  # type: ignore[operator]  # the same
    browser = browse(stranger)

    assert browser.get(HERE).status_code == 404
    assert browser.post(HERE, {"place": "А"}).status_code == 404
    assert not CallerClaim.objects.exists()


def test_no_act_holds_what_was_claimed(officer: Member, browse: Browse) -> None:
    browse(officer).post(HERE, {"place": "СІЗО-2", "cellmate": "Ткачук"})

    acts = "".join(one.event or "" for one in Entry.objects.all())
    assert not any(word in acts for word in ("СІЗО", "Ткачук"))


def test_a_question_is_opened_once_and_gone(register: Cast) -> None:
    row = sealed(register)
    key = KEY.secret_text()

    text = use_question(row.pk, key=key, by=register.tracing, now=register.now)

    assert text == QUESTION
    assert bytes(ProofQuestion.objects.get().sealed) == b""
    with pytest.raises(NoSuchQuestion):
        use_question(row.pk, key=key, by=register.tracing, now=register.now)


@pytest.mark.parametrize("key", ["", "так", OTHER.secret_text()])
def test_nobody_opens_it_without_the_specialist_s_key(register: Cast, key: str) -> None:
    row = sealed(register)

    with pytest.raises(NotTheSpecialistsKey):
        use_question(row.pk, key=key, by=register.tracing, now=register.now)
    assert ProofQuestion.objects.get().used_at is None


def test_the_desk_cannot_read_a_question(register: Cast) -> None:
    row = sealed(register)

    assert "Сірко".encode() not in bytes(row.sealed)
    assert QUESTION not in repr(Posed(QUESTION, KEY))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofQuestion.objects.update(used_at=register.now, used_by="a")


def test_nothing_hangs_on_a_question() -> None:
    pointing = {one.related_model for one in ProofQuestion._meta.related_objects}  # noqa: SLF001  # Django's own way

    assert pointing == set()


def test_the_page_of_questions_says_what_an_answer_can_cost(register: Cast, browse: Browse) -> None:
    browser = browse(register.tracing)

    shown = browser.post("/register/requesters/r-1/questions/", {"text": QUESTION}).content.decode()

    assert "AGE-SECRET-KEY-PQ-1" in shown
    for words in ("за відповідь його можуть побити", "його змусили", "Голос підробляють"):
        assert words in shown
    again = browser.get(reverse("desk:register-requester", args=["r-1"])).content.decode()
    assert "AGE-SECRET-KEY" not in again


def test_the_ledger_is_kept_and_drawn_with_its_interval(
    register: Cast, person: PersonId, browse: Browse
) -> None:
    browser, day = browse(register.tracing), register.now.date() - timedelta(days=3)
    told = {"kind": "parcel", "sent_on": day.isoformat(), "facility": "СІЗО-2"}
    browser.post(reverse("desk:register-sent", args=[person]), told)
    row = Consignment.objects.get()

    browser.post(
        reverse("desk:register-arrival", args=[row.pk]),
        {"on": day.isoformat(), "proof": "red cross"},
    )
    shown = browser.get(reverse("desk:register-ledger")).content.decode()

    assert "100 % (21–100 %)" in shown
    assert "<svg" in shown
    assert "каже Червоний Хрест" in browser.get(f"/register/people/{person}/").content.decode()


def test_an_arrival_needs_a_proof(register: Cast, person: PersonId) -> None:
    day = register.now.date()
    sent = Sent(person, ConsignmentKind.LETTER, day)
    row = ledger.record_sent(sent, by=register.tracing, now=register.now)

    with pytest.raises(NotProven):
        ledger.record_arrival(
            row.pk, arrival=Acknowledged(day, Proof.NONE), by=register.tracing, now=register.now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Consignment.objects.update(acknowledged_on=day)
    assert arrived()[0].proven == 0
