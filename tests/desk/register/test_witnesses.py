"""Who a witness is stands apart from what they said, behind a grant of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from desk_cast import Browse
from django.db import IntegrityError, transaction
from django.urls import reverse
from register_cast import Cast

from oberih.audit.models import Entry
from oberih.register import exporting, services, witnesses
from oberih.register.exchange_states import Purpose
from oberih.register.models import Requester, Source
from oberih.register.refusals import NoGrant, NotAWitness, SecondPersonNeeded
from oberih.register.states import EventType, SourceKind
from oberih.register.values import Agreed, SourceWords
from oberih.register.witness_models import WitnessGrant, WitnessIdentity
from oberih.register.witnesses import WitnessWords
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = WitnessWords("Панас Вигаданий", "ввечері, через дружину")


@pytest.fixture
def witness(register: Cast) -> Source:
    told = services.add_source(SourceWords(WORDS.name, SourceKind.WITNESS), by=register.tracing)
    return witnesses.keep_witness(told.pk, WORDS, by=register.tracing, now=register.now)


def test_the_source_that_speaks_has_an_opaque_name(witness: Source) -> None:
    assert witness.name == f"№ {witness.pk}"
    assert Source.objects.filter(name__contains="Панас").count() == 0


def test_it_is_seen_with_anothers_grant_alone_and_each_look_is_an_act(
    register: Cast, witness: Source, member: Callable[[Role], Member]
) -> None:
    other = member(Role.TRACING)
    with pytest.raises(NoGrant):
        witnesses.see_witness(witness.pk, by=other, now=register.now)
    witnesses.grant_witness(witness.pk, to=other, by=register.tracing, now=register.now)

    assert witnesses.see_witness(witness.pk, by=other, now=register.now) == WORDS
    told = Entry.objects.order_by("-position").values_list("event", flat=True)[0]
    assert '"act":"witness.shown"' in told
    assert WORDS.name not in told


def test_a_grant_ends_with_the_working_day(register: Cast, witness: Source, lead: Member) -> None:
    witnesses.grant_witness(witness.pk, to=lead, by=register.tracing, now=register.now)
    later = register.now + witnesses.GRANT + timedelta(minutes=1)

    with pytest.raises(NoGrant):
        witnesses.see_witness(witness.pk, by=lead, now=later)


def test_nobody_grants_it_to_themselves_not_even_in_the_database(
    register: Cast, witness: Source
) -> None:
    with pytest.raises(SecondPersonNeeded):
        witnesses.grant_witness(
            witness.pk, to=register.tracing, by=register.tracing, now=register.now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        WitnessGrant.objects.create(
            witness=witness.witness, member="x", given_by="x", ends_at=register.now
        )


def test_an_officer_neither_sees_nor_gets_a_grant(
    register: Cast, witness: Source, officer: Member
) -> None:
    with pytest.raises(NotPermitted):
        witnesses.see_witness(witness.pk, by=officer, now=register.now)
    with pytest.raises(NotPermitted):
        witnesses.grant_witness(witness.pk, to=officer, by=register.tracing, now=register.now)


def test_no_export_tells_who_said_it(register: Cast, witness: Source) -> None:
    person, today = register.person("Гнатюк"), register.now.date()
    register.event(person, EventType.SEEN, source=witness.pk)
    row = Requester(id="r-1", name="мати", added_at=register.now)
    relation = services.add_requester(row, person=person, kin="mother", by=register.tracing)
    for purpose in Purpose:
        agreed = Agreed(purpose.value, "x", today, today + timedelta(days=9))
        services.agree(relation, agreed, by=register.tracing)
        made = exporting.export_record(
            "r-1", purpose=purpose, by=register.tracing, now=register.now
        )
        assert WORDS.name not in made.content.decode()
        assert witness.name not in made.content.decode()


def test_a_witness_who_withdraws_leaves_what_they_said_by_nobody(
    register: Cast, witness: Source
) -> None:
    event = register.event(register.person("Гнатюк"), EventType.SEEN, source=witness.pk)
    witnesses.withdraw_witness(witness.pk, by=register.tracing)

    assert not WitnessIdentity.objects.exists()
    event.refresh_from_db()
    assert event.source.name == f"№ {witness.pk}"


def test_only_a_released_prisoner_is_kept_apart(register: Cast) -> None:
    family = register.source(SourceKind.FAMILY).pk

    with pytest.raises(NotAWitness):
        witnesses.keep_witness(family, WORDS, by=register.tracing, now=register.now)


def test_the_page_shows_a_witness_after_anothers_yes_alone(
    register: Cast, witness: Source, lead: Member, browse: Browse
) -> None:
    here, show, granted = (
        reverse(f"desk:register-witness{name}", args=[witness.pk])
        for name in ("", "-show", "-grant")
    )
    assert browse(lead).post(show).status_code == 409
    browser = browse(register.tracing)
    assert WORDS.name not in browser.get(here).content.decode()
    browser.post(granted, {"member": str(lead.pk)})

    browser = browse(lead)
    assert WORDS.name in browser.post(show).content.decode()
    assert WORDS.name not in browser.get(here).content.decode()


def test_a_lead_finds_the_way_to_a_witness(
    register: Cast, witness: Source, lead: Member, browse: Browse
) -> None:
    page, way = (
        reverse("desk:register-erasures"),
        reverse("desk:register-witness", args=[witness.pk]),
    )

    assert f'href="{way}"' in browse(lead).get(page).content.decode()
    assert f'href="{way}"' not in browse(register.tracing).get(page).content.decode()


def test_a_witness_is_kept_and_withdrawn_on_the_page(register: Cast, browse: Browse) -> None:
    told = services.add_source(SourceWords("x", SourceKind.WITNESS), by=register.tracing)
    browser = browse(register.tracing)
    keep, withdraw = (
        reverse(f"desk:register-witness-{name}", args=[told.pk]) for name in ("keep", "withdraw")
    )
    browser.post(keep, {"name": WORDS.name, "reach": WORDS.reach})
    assert WitnessIdentity.objects.get().name == WORDS.name
    browser.post(withdraw)

    assert not WitnessIdentity.objects.exists()
