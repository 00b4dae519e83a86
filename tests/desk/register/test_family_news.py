"""What a family is told: verified, released by two, never a death, and what becomes stale."""

from datetime import timedelta
from importlib import import_module

import pytest
from desk_cast import Browse
from django.db import IntegrityError, transaction
from django.urls import reverse
from register_cast import Cast

from oberih.desk import services as desk
from oberih.desk.models import Case, Conversation, Reply
from oberih.desk.register import telling
from oberih.desk.register.family_text import family_text
from oberih.desk.services import ReplyId
from oberih.desk.states import CaseId
from oberih.register import ledger, services
from oberih.register.exchange_states import ConsignmentKind, Proof
from oberih.register.family_news import (
    FamilyView,
    OwnConsignment,
    due_news,
    family_view,
    waiting_news,
)
from oberih.register.ledger import Acknowledged, Sent
from oberih.register.models import FamilyNews, Relation, Requester
from oberih.register.refusals import (
    NewsIsStale,
    NewsWaits,
    NothingMayBeTold,
    NotVerified,
    ReleaseByAnother,
)
from oberih.register.states import EventType, PersonId, SourceKind, Status
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases,
    pytest.mark.usefixtures("asks"),
]
CASE = CaseId("AAAA-1111")
DEATH = (
    "мертв",
    "загину",
    "помер",
    "смерт",
    "тіло",
    "погиб",
    "умер",
    "тела",
    "dead",
    "death",
    "died",
    "remains",
)


@pytest.fixture
def person(register: Cast) -> PersonId:
    return register.person("Гнатюк", "Остап")


@pytest.fixture
def asks(register: Cast, person: PersonId) -> Relation:
    """Return Solomiia's request; she is verified, and her case is on the desk."""
    case = Case.objects.create(
        id=CASE, filed_at=register.now, requester_verified=True, verified_how="in person"
    )
    Conversation.objects.create(mailbox="m" * 64, case=case, recipient="", wrapped_mac=b"")
    row = Requester(id="r-1", name="Соломія", case=CASE, added_at=register.now)
    relation = services.add_requester(row, person=person, kin="дружина", by=register.tracing)
    services.prove_requester("r-1", how="in person", by=register.tracing)
    return relation


def told(register: Cast, person: PersonId, *kinds: EventType) -> None:
    source = register.source(SourceKind.BUREAU, official=True).pk
    for kind in kinds:
        register.event(person, kind, source=source)


def prepared(register: Cast) -> FamilyNews:
    return telling.draft("r-1", by=register.tracing, now=register.now)


def test_released_news_leaves_as_a_reply(register: Cast, officer: Member) -> None:
    news = prepared(register)

    telling.release(CASE, news=news.pk, by=officer, now=register.now)

    reply = Reply.objects.get(conversation__case=CASE)
    assert "Це нічого не говорить про те, чи він живий" in reply.text
    assert FamilyNews.objects.get().released_by == str(officer.pk)


def test_who_prepared_it_cannot_release_it(register: Cast, officer: Member) -> None:
    news = prepared(register)
    FamilyNews.objects.update(drafted_by=str(officer.pk))

    with pytest.raises(ReleaseByAnother):
        telling.release(CASE, news=news.pk, by=officer, now=register.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyNews.objects.update(released_by=str(officer.pk))
    with pytest.raises(NotPermitted):
        telling.release(CASE, news=news.pk, by=register.tracing, now=register.now)


def test_an_unverified_requester_is_told_nothing(register: Cast, officer: Member) -> None:
    news = prepared(register)
    Case.objects.update(requester_verified=False, verified_how="")

    with pytest.raises(NotVerified):
        telling.release(CASE, news=news.pk, by=officer, now=register.now)
    with pytest.raises(NotVerified):
        prepared(register)
    assert not Reply.objects.exists()


def test_kinship_has_to_be_verified_on_the_request_too(register: Cast) -> None:
    Requester.objects.update(verified_how="")

    with pytest.raises(NotVerified):
        prepared(register)


@pytest.mark.parametrize("kind", [EventType.DIED, EventType.REMAINS_RETURNED, EventType.IDENTIFIED])
def test_death_is_never_told_from_here(
    register: Cast, asks: Relation, person: PersonId, kind: EventType
) -> None:
    told(register, person, EventType.FAMILY_NOTIFIED, kind)

    with pytest.raises(NothingMayBeTold):
        prepared(register)
    with pytest.raises(NothingMayBeTold):
        family_view(asks)


def test_the_database_has_no_place_for_a_death(register: Cast, asks: Relation) -> None:
    for status in (Status.DECEASED_REPORTED, Status.DECEASED_CONFIRMED):
        with pytest.raises(IntegrityError), transaction.atomic():
            FamilyNews.objects.create(
                relation=asks, case=CASE, status=status, text="x", drafted_by="a",
                drafted_at=register.now,
            )  # fmt: skip


def test_a_death_that_came_after_the_draft_stops_it(
    register: Cast, person: PersonId, officer: Member
) -> None:
    news = prepared(register)
    told(register, person, EventType.DIED)

    with pytest.raises(NewsIsStale):
        telling.release(CASE, news=news.pk, by=officer, now=register.now)
    assert not Reply.objects.exists()


def test_a_witness_s_report_of_death_changes_nothing(register: Cast, person: PersonId) -> None:
    register.event(person, EventType.DIED, source=register.source(SourceKind.WITNESS).pk)

    text = prepared(register).text

    assert not any(word in text.lower() for word in DEATH)


def test_captivity_is_told_only_after_the_competent_body_told_it(
    register: Cast, asks: Relation, person: PersonId
) -> None:
    told(register, person, EventType.CONFIRMED)
    before = family_view(asks)
    told(register, person, EventType.FAMILY_NOTIFIED)

    assert (before.status, family_view(asks).status) == (Status.UNKNOWN, Status.CAPTIVE_CONFIRMED)
    assert f"{register.now:%d.%m.%Y}" in prepared(register).text


def test_news_that_is_taken_back_waits_again(register: Cast, officer: Member) -> None:
    news = prepared(register)
    telling.release(CASE, news=news.pk, by=officer, now=register.now)

    desk.take_back(ReplyId(Reply.objects.get().pk), by=officer, now=register.now)

    assert [one.pk for one in waiting_news(CASE)] == [news.pk]
    telling.release(CASE, news=news.pk, by=officer, now=register.now)
    assert waiting_news(CASE) == []


def test_news_taken_back_behind_a_newer_one_is_withdrawn(register: Cast, officer: Member) -> None:
    news = prepared(register)
    telling.release(CASE, news=news.pk, by=officer, now=register.now)
    newer = prepared(register)

    desk.take_back(ReplyId(Reply.objects.get().pk), by=officer, now=register.now)

    assert [one.pk for one in waiting_news(CASE)] == [newer.pk]
    assert FamilyNews.objects.get(pk=news.pk).withdrawn_at == register.now


def test_one_news_waits_at_a_time(register: Cast) -> None:
    prepared(register)

    with pytest.raises(NewsWaits):
        prepared(register)


def test_a_family_sees_the_state_of_its_own_parcels_alone(register: Cast, person: PersonId) -> None:
    day = register.now.date() - timedelta(days=9)
    for requester, kind in (("r-1", ConsignmentKind.PARCEL), ("", ConsignmentKind.LETTER)):
        sent = Sent(person, kind, day, requester=requester)
        row = ledger.record_sent(sent, by=register.tracing, now=register.now)
        ledger.record_arrival(
            row.pk, arrival=Acknowledged(day, Proof.STATED), by=register.tracing, now=register.now
        )

    text = prepared(register).text

    assert f"Посилка від {day:%d.%m.%Y}: у листі сказано, що дійшло. Це не доказ." in text
    assert "Лист від" not in text


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
@pytest.mark.parametrize("status", Status)
def test_no_text_names_a_death_or_promises(language: str, status: Status, register: Cast) -> None:
    view = FamilyView(status, register.now.date(), ())

    text = family_text(view, language=language, today=register.now.date()).lower()

    assert not any(word in text for word in (*DEATH, "гаранту", "безпечн", "safe", "guarantee"))


def test_the_case_s_page_shows_what_waits_and_releases_it(
    register: Cast, officer: Member, browse: Browse
) -> None:
    news, browser = prepared(register), browse(officer)
    address = reverse("desk:case-register", args=[CASE])

    shown = browser.get(address).content.decode()
    browser.post(reverse("desk:release-news", args=[CASE, news.pk]))

    assert "Наступний крок" in shown
    assert "Нічого не чекає" in browser.get(address).content.decode()
    assert Reply.objects.count() == 1


def test_every_sentence_for_families_is_translated() -> None:
    module, catalogue = import_module("oberih.desk.register.family_text"), translated()
    said = {one for one in vars(module).values() if isinstance(one, str) and " " in one}
    parts = [*module.TOLD.values(), *module.STEPS.values(), *module.KINDS.values()]

    assert ({*said, *parts} - {module.__doc__}) - catalogue == set()


def test_a_family_that_writes_in_russian_reads_russian(register: Cast) -> None:
    Case.objects.update(language="ru")

    text = prepared(register).text

    assert "Это ничего не говорит о том, жив ли он" in text
    assert not set(text.lower()) & set("іїєґabcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("status", [Status.CAPTIVE_CONFIRMED, Status.RELEASED, Status.CLOSED])
@pytest.mark.parametrize("proof", [(True, False), (False, True), (False, False)])
def test_every_sentence_in_russian_is_russian(
    status: Status, proof: tuple[bool, bool], register: Cast
) -> None:
    day = register.now.date()
    sent = tuple(OwnConsignment(one.value, day, *proof) for one in ConsignmentKind)

    text = family_text(FamilyView(status, day, sent), language="ru", today=day)

    assert not set(text.lower()) & set("іїєґabcdefghijklmnopqrstuvwxyz")


def translated() -> set[str]:
    words = import_module("tests.desk.cases.test_desk_words")
    return set(words.translated())


def test_whoever_has_not_heard_is_listed_until_she_has(
    register: Cast, person: PersonId, officer: Member
) -> None:
    first = [one.status for one in due_news(by=register.tracing)]
    telling.release(CASE, news=prepared(register).pk, by=officer, now=register.now)
    heard = due_news(by=register.tracing)
    told(register, person, EventType.CONFIRMED, EventType.FAMILY_NOTIFIED)

    assert (first, heard) == ([Status.UNKNOWN], [])
    assert [one.status for one in due_news(by=register.tracing)] == [Status.CAPTIVE_CONFIRMED]


def test_families_who_have_heard_hide_nobody_behind_them(
    register: Cast, asks: Relation, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oberih.register.family_news.MOST_DUE", 1)
    telling.release(CASE, news=prepared(register).pk, by=officer, now=register.now)
    later = Requester(
        id="r-2", name="Ганна", case=CASE, verified_how="in person", added_at=register.now
    )
    services.add_requester(later, person=PersonId(asks.person_id), kin="мати", by=register.tracing)

    assert [one.requester for one in due_news(by=register.tracing)] == ["r-2"]


def test_of_a_death_the_list_says_that_the_body_informs_in_person(
    register: Cast, person: PersonId, browse: Browse, lead: Member
) -> None:
    told(register, person, EventType.DIED)
    address = reverse("desk:register-news")

    shown = browse(register.tracing).get(address).content.decode()

    assert "уповноважений орган повідомляє особисто" in shown
    assert not any(word in shown.lower() for word in ("загинув", "помер"))
    assert browse(lead).get(address).status_code == 403
