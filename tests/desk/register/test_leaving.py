"""What leaves the register: letters with article 17 alone, exports by consent, erasure."""

import csv
import io
import json
from datetime import timedelta

import pytest
from desk_cast import Browse
from django.db import IntegrityError, transaction
from django.urls import reverse
from register_cast import Cast

from oberih.crypto import age
from oberih.crypto.age import Identity, NotARecipient
from oberih.register import services
from oberih.register.erasing import erase_requester
from oberih.register.exchange_states import Channel, Purpose
from oberih.register.exporting import export_record
from oberih.register.letters import ARTICLE_17, LetterWish, last_recipient, write_letter
from oberih.register.models import (
    Consent,
    Event,
    ExportedEvent,
    FamilyNews,
    Letter,
    OutgoingRow,
    ProofQuestion,
    Relation,
    Requester,
)
from oberih.register.refusals import NobodyToAskFor, NoConsentForThis, NotABureau
from oberih.register.states import Category, EventType, PersonId, SourceKind
from oberih.register.values import Agreed, Marks, Sought, Spelling
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
Document = dict[str, list[dict[str, str]]]
KEY = Identity.from_seed(bytes(range(32)))


def overdue(register: Cast, surname: str = "Гнатюк", **sought: object) -> PersonId:
    """Add somebody captured long ago, of whom everything that there is to know is known."""
    marks = Marks(None, 1990, "Полтава", "Богдан", "Лісова", "АБ-1", "сержант", "93 ОМБр")
    given = Sought(
        register.source().pk,
        Spelling(surname, "Остап", "Богданович"),
        **{"marks": marks, **sought},  # type: ignore[arg-type]  # the fields of a person
    )
    made = services.add_person(
        given, by=register.tracing, now=register.now, entropy=register.entropy
    )
    person, day = PersonId(made.pk), register.now.date() - timedelta(days=40)
    register.event(person, EventType.CAPTURED, occurred_to=day)
    return person


def agree(register: Cast, person: PersonId, purpose: Purpose, *, days: int = 30) -> Relation:
    row = Requester(id=f"r-{register.entropy(4).hex()}", name="Соломія", added_at=register.now)
    relation = services.add_requester(row, person=person, kin="дружина", by=register.tracing)
    today = register.now.date()
    agreed = Agreed(purpose, "НІБ", today - timedelta(days=1), today + timedelta(days=days))
    services.agree(relation, agreed, by=register.tracing)
    return relation


def written(register: Cast, *, kind: SourceKind = SourceKind.BUREAU, key: str = "") -> Letter:
    source = register.source(kind, official=kind is not SourceKind.FAMILY).pk
    wish = LetterWish(source, "ask-again", "uk", key or str(KEY.recipient))
    return write_letter(wish, by=register.tracing, now=register.now)


def listed(letter: Letter) -> list[list[str]]:
    opened = age.open_sealed(bytes(letter.sealed), identity=KEY).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(opened)))


def test_an_outgoing_line_has_the_fields_of_article_17_and_no_others() -> None:
    columns = {one.name for one in OutgoingRow._meta.get_fields()}  # noqa: SLF001  # Django's own way

    assert columns == {"id", "letter", "number", "person", *ARTICLE_17}
    assert set(ARTICLE_17) == {"surname", "given", "rank", "born_on", "service_number"}


def test_the_list_says_nothing_of_unit_kin_claims_or_place(register: Cast) -> None:
    agree(register, overdue(register), Purpose.TRACING)

    heading, line = listed(written(register))

    assert line == ["1", "Гнатюк", "Остап", "сержант", "", "АБ-1"]
    assert heading[1:3] == ["Прізвище", "Ім’я"]


def test_a_civilian_has_no_rank_and_no_number(register: Cast) -> None:
    person = overdue(register, category=Category.CIVILIAN)
    agree(register, person, Purpose.TRACING)

    assert listed(written(register))[1] == ["1", "Гнатюк", "Остап", "", "", ""]


def test_the_list_runs_in_no_spreadsheet(register: Cast) -> None:
    agree(register, overdue(register, surname="=cmd"), Purpose.TRACING)

    assert listed(written(register))[1][1] == "'=cmd"


def test_who_has_not_agreed_is_left_out_and_counted(register: Cast) -> None:
    person, _other = overdue(register), overdue(register, surname="Ткачук")
    agree(register, person, Purpose.TRACING)

    letter = written(register)

    assert ([one.person for one in letter.lines.all()], letter.left_out) == ([person], 1)


def test_without_consent_there_is_no_letter(register: Cast) -> None:
    agree(register, overdue(register), Purpose.PROSECUTOR)

    with pytest.raises(NobodyToAskFor):
        written(register)


@pytest.mark.parametrize("kind", [SourceKind.FAMILY, SourceKind.STATE_BODY])
def test_only_a_bureau_is_written_to(register: Cast, kind: SourceKind) -> None:
    agree(register, overdue(register), Purpose.TRACING)

    with pytest.raises(NotABureau):
        written(register, kind=kind)


def test_the_database_knows_no_other_way_to_the_detaining_side(register: Cast) -> None:
    agree(register, overdue(register), Purpose.TRACING)
    letter = written(register, kind=SourceKind.RED_CROSS)

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(channel="detaining side")
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(sealed=b"")
    assert letter.channel == Channel.AGENCY


def test_a_key_of_another_kind_is_refused(register: Cast) -> None:
    agree(register, overdue(register), Purpose.TRACING)

    with pytest.raises(NotARecipient):
        written(register, key="age1qqqqqq")


def test_the_last_key_of_a_bureau_is_remembered(register: Cast) -> None:
    agree(register, overdue(register), Purpose.TRACING)
    letter = written(register)

    assert last_recipient(letter.source_id) == str(KEY.recipient)


def test_an_export_holds_no_claim_and_nobody_who_asks(register: Cast) -> None:
    person = overdue(register)
    relation = agree(register, person, Purpose.LEGAL_AID)
    register.event(
        person, EventType.DIED, source=register.source(SourceKind.INTERMEDIARY).pk, note="секрет"
    )

    made = exported(register, relation, Purpose.LEGAL_AID)

    assert [one["type"] for one in made["events"]] == ["captured"]
    assert not any(word in json.dumps(made, ensure_ascii=False) for word in ("Соломія", "секрет"))


def exported(
    register: Cast, relation: Relation, purpose: Purpose
) -> dict[str, list[dict[str, str]]]:
    made = export_record(
        relation.requester_id, purpose=purpose, by=register.tracing, now=register.now
    )
    found: Document = json.loads(made.content)
    return found


def test_red_cross_items_and_family_messages_never_reach_a_prosecutor(register: Cast) -> None:
    person = overdue(register)
    relation = agree(register, person, Purpose.PROSECUTOR)
    unit, witness, family = (
        register.source(kind).pk
        for kind in (SourceKind.UNIT, SourceKind.WITNESS, SourceKind.FAMILY)
    )
    register.event(person, EventType.REPORTED_MISSING, source=unit)
    register.event(person, EventType.LETTER_RECEIVED, source=witness)
    register.event(person, EventType.SEEN, source=family)

    made = exported(register, relation, Purpose.PROSECUTOR)

    assert [one["type"] for one in made["events"]] == ["reported missing"]


@pytest.mark.parametrize(
    ("source", "type_"), [("red cross", "captured"), ("family", "seen by a released prisoner"),
                          ("released prisoner", "letter received")],
)  # fmt: skip
def test_the_database_refuses_it_too(register: Cast, source: str, type_: str) -> None:
    relation = agree(register, overdue(register), Purpose.PROSECUTOR)

    with pytest.raises(IntegrityError), transaction.atomic():
        ExportedEvent.objects.create(
            consent=relation.consents.get(), event=Event.objects.get(), purpose="prosecutor",
            source_kind=source, type=type_, by="a", at=register.now,
        )  # fmt: skip


def test_a_consent_serves_its_own_purpose_alone_and_while_it_stands(register: Cast) -> None:
    relation = agree(register, overdue(register), Purpose.TRACING)

    with pytest.raises(NoConsentForThis):
        exported(register, relation, Purpose.PROSECUTOR)
    Consent.objects.update(withdrawn_on=register.now.date())
    with pytest.raises(NoConsentForThis):
        exported(register, relation, Purpose.TRACING)


def test_the_export_is_handed_out_on_the_request_s_page(register: Cast, browse: Browse) -> None:
    relation = agree(register, overdue(register), Purpose.TRACING)
    address = reverse("desk:register-export", args=[relation.requester_id])

    made = browse(register.tracing).post(address, {"purpose": "tracing"})

    assert json.loads(made.content)["purpose"] == "tracing"


def test_erasing_leaves_no_name_and_no_consent_that_stands(register: Cast) -> None:
    relation = agree(register, overdue(register), Purpose.TRACING)

    erase_requester(relation.requester_id, by=register.tracing, now=register.now)

    assert (Requester.objects.get().name, Requester.objects.get().case) == ("—", "")
    assert not Consent.objects.filter(withdrawn_on__isnull=True).exists()
    assert not FamilyNews.objects.exists() | ProofQuestion.objects.exists()
    assert Event.objects.count() == 1


def test_nobody_else_takes_anything_out(register: Cast, browse: Browse, lead: Member) -> None:
    relation = agree(register, overdue(register), Purpose.TRACING)
    letter, browser = written(register), browse(lead)
    args = [relation.requester_id]

    assert browser.get(reverse("desk:register-letter", args=[letter.pk])).status_code == 403
    assert browser.get(reverse("desk:register-letters")).status_code == 403
    for name in ("register-export", "register-erase"):
        assert (
            browser.post(reverse(f"desk:{name}", args=args), {"purpose": "tracing"}).status_code
            == 403
        )


def test_a_letter_is_written_on_the_page(register: Cast, browse: Browse) -> None:
    agree(register, overdue(register), Purpose.TRACING)
    source = register.source(SourceKind.BUREAU, official=True)
    told = {"source": source.pk, "rule": "ask-again", "language": "en"}
    browser, address = browse(register.tracing), reverse("desk:register-letters")

    refused = browser.post(address, told)
    browser.post(address, {**told, "recipient": str(KEY.recipient)})
    shown = browser.get(address).content.decode()

    assert refused.status_code == 400
    assert source.name in shown
    assert "· 1 особа" in shown
