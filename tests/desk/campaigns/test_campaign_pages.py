"""The pages of campaigns: who sees what, and every act that can be taken back."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from desk_cast import Browse, Desk, Family
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oberih.audit.models import Entry
from oberih.campaigns.models import Campaign, ClueVerdict, Contact, Group, LinkVerdict
from oberih.campaigns.taking import live_book
from oberih.desk.models import Case
from oberih.desk.watch_models import WatchEntry
from oberih.staff.models import Member, Team
from oberih.staff.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SCRIPT = "Добрий день, я сидів з вашим чоловіком {} в одній камері і маю від нього звістку"
NAMES = ("Андрієм", "Петром", "Іваном", "Олегом", "Романом")
MOST_QUERIES = 60


@dataclass
class Reports:
    """Families who write to the desk, each for the first time."""

    desk: Desk
    family: Callable[[], Family]

    def __call__(self, count: int) -> int:
        """File reports of one script and one number; return the row of their group."""
        texts = [f"{SCRIPT.format(name)}. Пишіть на +380 50 000 00 01" for name in NAMES[:count]]
        return self.write(*texts)

    def write(self, *texts: str) -> int:
        """File a report a text; return the row of a group that has as many families."""
        for text in texts:
            self.family().send(text, region="UA-53")
        self.desk.turn()
        group = Group.objects.filter(book=live_book(), families__gte=len(texts)).last()
        return 0 if group is None else group.pk


@pytest.fixture
def reports(desk: Desk, family: Callable[[], Family]) -> Reports:
    return Reports(desk, family)


@pytest.fixture
def analyst(member: Callable[[Role], Member]) -> Member:
    found = member(Role.ANALYST)
    found.teams.add(Team.objects.get_or_create(pk="desk", defaults={"name": "desk"})[0])
    return found


@pytest.fixture(autouse=True)
def _in_the_team(officer: Member, lead: Member) -> None:
    team = Team.objects.get_or_create(pk="desk", defaults={"name": "desk"})[0]
    officer.teams.add(team)
    lead.teams.add(team)


def confirmed(browse: Browse, group: int, *, by: Member, name: str = "Камера") -> str:
    browse(by).post(f"/campaigns/groups/{group}/confirm/", {"name": name})
    return str(Campaign.objects.get(name=name).pk)


def test_the_list_shows_a_group_of_three_families_as_new(
    reports: Reports, officer: Member, browse: Browse
) -> None:
    group = reports(3)

    page = browse(officer).get("/campaigns/").content.decode()

    assert f"/campaigns/groups/{group}/" in page
    assert "3 родини" in page
    assert "нове, три родини" in page


def test_an_officer_finds_the_cases_and_the_words_that_fill_the_slots(
    reports: Reports, officer: Member, browse: Browse
) -> None:
    page = browse(officer).get(f"/campaigns/groups/{reports(3)}/").content.decode()

    assert all(case in page for case in Case.objects.values_list("pk", flat=True))
    assert "<mark> Петром</mark>" in page
    assert "+380500000001" in page


def test_an_analyst_sees_the_campaign_without_any_family(
    reports: Reports, analyst: Member, browse: Browse
) -> None:
    page = browse(analyst).get(f"/campaigns/groups/{reports(3)}/").content.decode()

    assert not any(case in page for case in Case.objects.values_list("pk", flat=True))
    assert not any(name in page for name in NAMES)
    assert "камері" in page


@pytest.mark.parametrize("role", [Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_other_roles_see_no_campaigns(
    role: Role, member: Callable[[Role], Member], browse: Browse
) -> None:
    assert browse(member(role)).get("/campaigns/").status_code == 403


def test_an_officer_may_not_judge_or_confirm(
    reports: Reports, officer: Member, browse: Browse
) -> None:
    group = reports(3)
    ends = list(Contact.objects.values_list("pk", flat=True)[:2])
    said = {"one": ends[0], "other": ends[1], "verdict": "rejected"}

    assert browse(officer).post("/campaigns/links/", said).status_code == 403
    browse(officer).post(f"/campaigns/groups/{group}/confirm/", {"name": "Ні"})

    assert not LinkVerdict.objects.exists()
    assert not Campaign.objects.exists()


def test_a_rejected_link_keeps_the_two_apart_and_is_remembered(
    reports: Reports, lead: Member, browse: Browse
) -> None:
    reports(3)
    one, other, _third = Contact.objects.order_by("case")
    said = {"one": one.pk, "other": other.pk, "verdict": "rejected"}

    browse(lead).post("/campaigns/links/", said)

    one.refresh_from_db()
    other.refresh_from_db()
    assert one.group != other.group
    assert LinkVerdict.objects.get().reasons
    browse(lead).post("/campaigns/links/", {**said, "verdict": "accepted"})
    assert Group.objects.filter(book=live_book(), families=3).exists()


def test_an_innocent_number_joins_nobody_until_that_is_taken_back(
    reports: Reports, lead: Member, browse: Browse
) -> None:
    reports.write("Дзвонили з +380 50 000 00 09 про кредит", "Питають про пенсію з 050 000 00 09")
    clue = Contact.objects.first().sightings.get(clue__kind="identifier").clue_id  # type: ignore[union-attr]

    browse(lead).post("/campaigns/clues/", {"clue": clue, "verdict": "rejected"})
    assert list(Group.objects.values_list("families", flat=True)) == [1, 1]
    browse(lead).post("/campaigns/clues/", {"clue": clue, "verdict": "unsure"})

    assert list(Group.objects.values_list("families", flat=True)) == [2]
    assert ClueVerdict.objects.get().verdict == "unsure"


def test_a_campaign_is_merged_and_taken_out_again(
    reports: Reports,
    lead: Member,
    browse: Browse,
) -> None:
    first = confirmed(browse, reports(2), by=lead)
    card = "Обіцяють гроші за пакунок, картка 4111 1111 1111 1111"
    second = confirmed(browse, reports.write(card, card, card), by=lead, name="Пакунок")

    browse(lead).post(f"/campaigns/{second}/merge/", {"into": first})
    assert "<dd>5</dd>" in browse(lead).get(f"/campaigns/{first}/").content.decode()
    browse(lead).post(f"/campaigns/{second}/unmerge/")

    assert "<dd>2</dd>" in browse(lead).get(f"/campaigns/{first}/").content.decode()
    assert Campaign.objects.get(pk=second).state == "confirmed"


def test_a_new_report_stands_on_the_campaign_s_page_at_once(
    reports: Reports,
    lead: Member,
    browse: Browse,
) -> None:
    campaign = confirmed(browse, reports(3), by=lead)
    reports.write("Мені теж писали з +380 50 000 00 01")

    page = browse(lead).get(f"/campaigns/{campaign}/").content.decode()
    assert "<dd>4</dd>" in page
    assert "пов’язано згодом" in page
    browse(lead).post(f"/campaigns/{campaign}/new/")

    assert Campaign.objects.get().cases.count() == 4


def test_every_act_is_in_the_audit(reports: Reports, lead: Member, browse: Browse) -> None:
    campaign = confirmed(browse, reports(3), by=lead)
    browse(lead).post(f"/campaigns/{campaign}/name/", {"name": "Інша"})
    browse(lead).post(f"/campaigns/{campaign}/misp.json")
    browse(lead).post(f"/campaigns/{campaign}/end/")

    acts = [json.loads(one)["act"] for one in Entry.objects.values_list("event", flat=True) if one]
    wanted = ["campaign.confirmed", "campaign.renamed", "campaign.exported", "campaign.ended"]
    assert [act for act in acts if act.startswith("campaign.")] == wanted


def test_the_numbers_are_proposed_in_one_act(
    reports: Reports, lead: Member, browse: Browse
) -> None:
    campaign = confirmed(browse, reports(3), by=lead)
    address = f"/campaigns/{campaign}/identifiers/"
    page = browse(lead).get(address)
    clue = page.context["page"].clues[0].row.pk

    wish = {"clue": [clue], "reason": "Три родини", "expires_on": "2027-02-01"}
    browse(lead).post(address, wish)

    entry = WatchEntry.objects.get()
    assert (entry.state, entry.policy, entry.families) == ("proposed", "desk only", 3)


def test_two_families_can_be_warned_only_by_the_desk_itself(
    reports: Reports, lead: Member, browse: Browse
) -> None:
    campaign = confirmed(browse, reports(2), by=lead)

    page = browse(lead).get(f"/campaigns/{campaign}/").content.decode()

    assert "/alerts/new/?" not in page
    assert "трьох непов’язаних родин" in page
    assert browse(lead).post(f"/campaigns/{campaign}/stix.json").status_code == 409


def test_more_families_cost_no_more_queries(reports: Reports, lead: Member, browse: Browse) -> None:
    browser, address = browse(lead), f"/campaigns/groups/{reports(2)}/"
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    reports(5)
    [group] = Group.objects.filter(book=live_book(), families__gt=2)
    with CaptureQueriesContext(connection) as many:
        browser.get(f"/campaigns/groups/{group.pk}/")

    assert len(many) <= len(few) <= MOST_QUERIES


@pytest.mark.parametrize("address", ["/campaigns/groups/999/", "/campaigns/nothing/"])
def test_what_is_not_there_is_not_found(address: str, lead: Member, browse: Browse) -> None:
    assert browse(lead).get(address).status_code == 404
