"""Promises of the watch list: two persons, three families, never an official number."""

import os
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from desk_cast import TODAY, Browse, Desk, Family
from django.db import IntegrityError, transaction

from oberih.alerts.services import (
    BasisMissing,
    Grounds,
    OneFamilyCouldKnow,
    OnePersonAlone,
    TooFewFamilies,
)
from oberih.alerts.states import Basis
from oberih.audit.selectors import events_about
from oberih.core.identifiers import Identifier, Kind, parse
from oberih.crypto.watchlist import Answer
from oberih.desk import watch_services
from oberih.desk.models import Case
from oberih.desk.watch_list import contents, official_contacts
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_services import (
    AlreadyListed,
    BadExpiry,
    EmbargoLasts,
    NameMissing,
    NotListed,
    OfficialNumber,
    Proposal,
)
from oberih.desk.watch_states import ReleasePolicy, WatchId
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = TODAY.date()
NUMBER = "+380 50 000 00 01"
SOURCE = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")


def proposal(number: str = NUMBER, **changed: object) -> Proposal:
    fields: dict[str, object] = {
        "identifier": parse(number),
        "reason": "The same caller, the same demands.",
        "expires_on": DAY + timedelta(days=90),
        "tactics": ("P1", "C4"),
        "policy": ReleasePolicy.PUBLIC,
        "grounds": SOURCE,
    }
    return Proposal(**{**fields, **changed})  # type: ignore[arg-type]  # fields by name


def propose(by: Member, what: Proposal | None = None) -> WatchId:
    return watch_services.propose(what or proposal(), by=by, now=TODAY, entropy=os.urandom)


def confirm(entry: WatchId, by: Member, *, only_one: bool = False) -> None:
    watch_services.confirm(entry, only_one=only_one, by=by, now=TODAY)


def told(number: str = NUMBER, *, today: date = DAY) -> list[tuple[str, ...]]:
    return [one.verdict.tactics for one in contents(today=today) if one.identifier == parse(number)]


def test_what_two_members_agree_on_is_told_with_its_tactics(officer: Member, lead: Member) -> None:
    confirm(propose(officer), lead)

    assert told() == [("P1", "C4")]


def test_one_person_alone_lists_nothing(officer: Member) -> None:
    entry = propose(officer)

    with pytest.raises(OnePersonAlone):
        confirm(entry, officer)
    assert told() == []


def test_not_even_the_database_takes_one_person_twice(officer: Member) -> None:
    entry = propose(officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        WatchEntry.objects.filter(pk=entry).update(confirmer=str(officer.pk))


@pytest.mark.parametrize("number", ["+38 044 287-81-65", "0 800 300 529", "wa.me/380442878165"])
def test_an_official_number_can_never_be_listed(number: str, officer: Member) -> None:
    with pytest.raises(OfficialNumber):
        propose(officer, proposal(number))


def test_a_number_that_became_official_is_no_longer_told_as_reported(
    officer: Member, lead: Member
) -> None:
    waiting = propose(officer)
    office = proposal(answer=Answer.OFFICIAL, names={"uk": "Установа", "en": "An office"})
    Identifier(Kind.PHONE, "+380500000001")
    watch_services.reject(waiting, by=lead)
    confirm(propose(officer, office), lead)

    with pytest.raises(OfficialNumber):
        propose(officer, proposal("viber://chat?number=%2B380500000001"))
    assert official_contacts(today=DAY)[parse(NUMBER)]["en"] == "An office"


def test_an_official_contact_needs_a_name_and_two_persons(officer: Member) -> None:
    with pytest.raises(NameMissing):
        propose(officer, proposal(answer=Answer.OFFICIAL))
    entry = propose(
        officer, proposal(answer=Answer.OFFICIAL, names={"uk": "Установа", "en": "An office"})
    )
    with pytest.raises(OnePersonAlone):
        confirm(entry, officer)

    assert parse(NUMBER) not in official_contacts(today=DAY)


def test_two_families_are_too_few(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    for _ in range(2):
        family().send(f"Дзвонили з {NUMBER}")
    desk.turn()

    with pytest.raises(TooFewFamilies):
        propose(officer, proposal(grounds=Grounds(Basis.FAMILIES, families=3)))


def test_three_families_are_enough(
    desk: Desk, family: Callable[[], Family], officer: Member, lead: Member
) -> None:
    for _ in range(3):
        family().send(f"Дзвонили з {NUMBER}")
    desk.turn()
    cases = tuple(Case.objects.values_list("pk", flat=True))

    confirm(propose(officer, proposal(grounds=Grounds(Basis.FAMILIES, families=3))), lead)

    assert len(cases) == 3
    assert told() == [("P1", "C4")]


def test_a_source_that_nobody_names_is_none(officer: Member) -> None:
    with pytest.raises(BasisMissing):
        propose(officer, proposal(grounds=Grounds(Basis.INFORMED_YES)))


def test_what_only_one_family_could_know_stays_on_the_desk(officer: Member, lead: Member) -> None:
    entry = propose(officer)

    with pytest.raises(OneFamilyCouldKnow):
        confirm(entry, lead, only_one=True)
    assert told() == []


@pytest.mark.parametrize("policy", [ReleasePolicy.DESK_ONLY, ReleasePolicy.EMBARGOED])
def test_a_handler_who_asks_about_himself_learns_nothing_of_what_is_held_back(
    policy: ReleasePolicy, officer: Member, lead: Member
) -> None:
    before = contents(today=DAY)
    what = proposal(policy=policy, embargoed_until=DAY + timedelta(days=5))
    confirm(propose(officer, what), lead)

    assert contents(today=DAY) == before
    assert contents(today=DAY + timedelta(days=30)) == before


def test_an_embargo_ends_by_a_person_and_not_before_its_day(officer: Member, lead: Member) -> None:
    until = DAY + timedelta(days=5)
    entry = propose(officer, proposal(policy=ReleasePolicy.EMBARGOED, embargoed_until=until))
    confirm(entry, lead)

    with pytest.raises(EmbargoLasts):
        watch_services.release(entry, only_one=False, by=lead, today=DAY)
    with pytest.raises(OnePersonAlone):
        watch_services.release(entry, only_one=False, by=officer, today=until)
    watch_services.release(entry, only_one=False, by=lead, today=until)

    assert told(today=until) == [("P1", "C4")]


def test_an_entry_leaves_the_list_on_its_day_or_when_it_is_taken_off(
    officer: Member, lead: Member
) -> None:
    entry = propose(officer)
    confirm(entry, lead)

    assert told(today=DAY + timedelta(days=90)) == []
    watch_services.retire(entry, by=lead)
    assert told() == []
    with pytest.raises(NotListed):
        watch_services.retire(entry, by=lead)


def test_an_identifier_has_one_entry_at_a_time(officer: Member, lead: Member) -> None:
    entry = propose(officer)

    with pytest.raises(AlreadyListed):
        propose(lead)
    watch_services.reject(entry, by=lead)
    assert propose(lead)


def test_nothing_is_listed_for_good(officer: Member) -> None:
    for day in (DAY, DAY + timedelta(days=800)):
        with pytest.raises(BadExpiry):
            propose(officer, proposal(expires_on=day))


def test_every_act_is_in_the_audit_without_the_number(officer: Member, lead: Member) -> None:
    entry = propose(officer)
    confirm(entry, lead)

    events = [event.fields or {} for event in events_about(f"watch {entry}")]
    assert [one["act"] for one in events] == ["identifier.proposed", "identifier.confirmed"]
    assert "380500000001" not in str(events)


def test_an_analyst_proposes_and_may_not_confirm(
    member: Callable[[Role], Member], officer: Member
) -> None:
    analyst = member(Role.ANALYST)
    entry, own = propose(officer), propose(analyst, proposal("@exchange_demo_one"))

    for one in (entry, own):
        with pytest.raises(NotPermitted):
            confirm(one, analyst)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.TRACING])
def test_others_may_neither_propose_nor_see_the_list(
    role: Role, member: Callable[[Role], Member], browse: Browse
) -> None:
    somebody = member(role)

    with pytest.raises(NotPermitted):
        propose(somebody)
    assert browse(somebody).get("/watch-list/").status_code == 403
