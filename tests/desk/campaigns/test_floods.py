"""A flood of fakes counts for nothing anywhere, and one act undoes what it joined or buried."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from desk_cast import Browse

from oberih.campaigns import floods
from oberih.campaigns.clues import COMMON
from oberih.campaigns.facts import Facts
from oberih.campaigns.models import Clue, Contact, Group
from oberih.campaigns.rebuilding import rebuild
from oberih.campaigns.states import CaseId
from oberih.campaigns.sums import FLOOD
from oberih.campaigns.taking import live_book, take_in
from oberih.core import time
from oberih.core.identifiers import Identifier, Kind
from oberih.desk import alerting, families
from oberih.desk.models import Case, CaseIdentifier, Conversation
from oberih.desk.models import Identifier as NamedIdentifier
from oberih.desk.states import CaseId as DeskCase
from oberih.staff.models import Member, Team
from tests.desk.campaigns.test_rebuilding import Listed
from tests.desk.campaigns.test_same_in_any_order import filed, stands

pytestmark = [pytest.mark.django_db]
DAY = date(2026, 11, 20)
NOW = time.now()
ONE, OTHER = "phone:+380500000007", "phone:+380500000008"
FAKE = "пишіть нам негайно бо чоловік чекає вашої відповіді від учора"


@pytest.fixture(autouse=True)
def _in_the_team(lead: Member) -> None:
    lead.teams.add(Team.objects.get_or_create(pk="desk", defaults={"name": "desk"})[0])


def real(number: int, *, names: str) -> Facts:
    case = CaseId(f"R{number:04d}-000")
    return Facts(case, case, DAY - timedelta(days=1 + number), identifiers=frozenset({names}))


def fake(number: int, *, names: Iterable[str], text: str = FAKE) -> Facts:
    case = CaseId(f"Z{number:04d}-000")
    return Facts(case, case, DAY, texts=(text,), identifiers=frozenset(names))


def file(listed: Iterable[Facts]) -> list[Facts]:
    """Link these cases, with the desk's own rows of them."""
    told = list(listed)
    Case.objects.bulk_create(Case(id=one.case, filed_at="2026-11-20T10:00:00Z") for one in told)
    for one in told:
        take_in(one, book=live_book())
        for spelled in one.identifiers:
            kind, _colon, value = spelled.partition(":")
            row, _is_new = NamedIdentifier.objects.get_or_create(kind=kind, value=value)
            CaseIdentifier.objects.create(case_id=one.case, identifier=row, day=one.day)
    return told


def with_conversations() -> None:
    cases = Case.objects.values_list("pk", flat=True)
    Conversation.objects.bulk_create(
        Conversation(mailbox=case, case_id=case, wrapped_mac=b"") for case in cases
    )


def two_campaigns() -> list[Facts]:
    listed = [real(number, names=ONE) for number in range(2)]
    return [*listed, *(real(number, names=OTHER) for number in range(5, 8))]


def sizes() -> list[int]:
    return sorted(Group.objects.filter(book=live_book()).values_list("contacts", flat=True))


def test_a_flood_does_not_lift_a_number_over_the_bar_of_three_families(lead: Member) -> None:
    file([*two_campaigns()[:2], *(fake(number, names=[ONE]) for number in range(FLOOD + 1))])
    number = Identifier(Kind.PHONE, "+380500000007")

    counted = alerting.families_behind(DeskCase("R0000-000"), tactic="", by=lead, now=NOW)

    assert families.reporting(number) == families.reporting_seen(number, by=lead) == 2
    assert counted == families.behind(Case.objects.all()) == 2


def test_one_official_number_in_all_fakes_joins_nobody() -> None:
    words = [f"слово{one}{other}" for one in "абвгдежзик" for other in "лмнопрстуф"]
    chance = random.Random(5)  # noqa: S311  # invented words
    for number in range(12):
        text = " ".join(chance.sample(words, 20))
        take_in(fake(number, names=["phone:+380800300529"], text=text), book=live_book())

    assert sizes() == [1] * 12
    assert not Clue.objects.filter(kind="identifier").exists()


def test_fakes_that_join_two_campaigns_are_undone_by_one_act_and_back(lead: Member) -> None:
    file([*two_campaigns(), *(fake(n, names=[ONE, OTHER]) for n in range(FLOOD + 1))])
    assert sizes() == [FLOOD + 6]

    floods.set_apart(Group.objects.get().name, by=lead, now=NOW)
    assert sizes() == [2, 3, FLOOD + 1]
    fakes = Group.objects.get(contacts=FLOOD + 1)
    assert (fakes.families, fakes.quarantined) == (0, FLOOD + 1)
    floods.take_back(fakes.name, by=lead)

    assert sizes() == [FLOOD + 6]


def test_a_number_buried_by_fakes_joins_again_when_they_are_set_apart(lead: Member) -> None:
    file([*two_campaigns(), *(fake(n, names=[OTHER]) for n in range(COMMON + 1))])
    assert sizes() == [1, 1, 1, 2, COMMON + 1]

    floods.set_apart(Contact.objects.filter(is_held=True)[0].group, by=lead, now=NOW)

    assert sizes() == [2, 3, COMMON + 1]
    assert set(Clue.objects.values_list("families", "joins")) == {(2, True), (3, True)}


def test_a_real_report_that_names_a_faked_number_joins_the_real_ones(lead: Member) -> None:
    file([*two_campaigns(), *(fake(n, names=[ONE]) for n in range(FLOOD + 1))])
    floods.set_apart(Contact.objects.filter(is_held=True)[0].group, by=lead, now=NOW)

    file([real(9, names=ONE)])

    assert sizes() == [3, 3, FLOOD + 1]


def test_what_was_set_apart_stays_so_in_a_rebuild(lead: Member) -> None:
    told = file([*two_campaigns(), *(fake(n, names=[ONE]) for n in range(FLOOD + 1))])
    floods.set_apart(Contact.objects.filter(is_held=True)[0].group, by=lead, now=NOW)
    before = stands()

    rebuild(Listed(told), now=NOW)

    assert stands() == before


def test_sums_kept_one_by_one_are_those_of_any_order() -> None:
    chance = random.Random(3)  # noqa: S311  # invented cases
    told = [
        Facts(
            CaseId(f"C{number:04d}-000"),
            f"F{chance.randrange(90):04d}",
            DAY - timedelta(days=chance.choice([0, 0, 0, 0, 1, 30])),
            identifiers=frozenset({ONE}),
        )
        for number in range(FLOOD + 20)
    ]

    assert filed(told) == filed(chance.sample(told, len(told)))


def test_the_page_of_a_flood_offers_each_act_and_its_way_back(lead: Member, browse: Browse) -> None:
    file(fake(number, names=[ONE]) for number in range(FLOOD + 1))
    with_conversations()
    address = f"/campaigns/groups/{Group.objects.get().pk}/"
    browser = browse(lead)

    for act in ("release", "hold", "fakes", "no-fakes"):
        assert f"{address}{act}/" in browser.get(address).content.decode()
        browser.post(f"{address}{act}/")

    assert Group.objects.get().quarantined == FLOOD + 1
    assert not Contact.objects.filter(is_apart=True).exists()
