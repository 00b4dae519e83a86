"""Families of different teams: a link shows only that it exists, until each side opens its own."""

from collections.abc import Callable

import pytest
from desk_cast import Browse, Desk, Family

from oberih.campaigns.models import Contact, Grant, Group, LinkVerdict
from oberih.campaigns.taking import live_book
from oberih.desk.models import Case
from oberih.staff.models import Member, Team
from oberih.staff.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def east(member: Callable[[Role], Member]) -> Member:
    return in_team(member(Role.LEAD), "east")


@pytest.fixture
def west(member: Callable[[Role], Member]) -> Member:
    return in_team(member(Role.LEAD), "west")


def in_team(member: Member, team: str) -> Member:
    member.teams.set([Team.objects.get_or_create(pk=team, defaults={"name": team})[0]])
    return member


@pytest.fixture
def group(desk: Desk, family: Callable[[], Family]) -> str:
    """File two linked cases, one for each team; return their group's address."""
    for team, region in (("east", "UA-63"), ("west", "UA-46")):
        family().send("Дзвонили з +380 50 000 00 01", region=region)
        desk.turn()
        Case.objects.filter(region=region).update(team=team)
    return f"/campaigns/groups/{Group.objects.get(book=live_book()).pk}/"


def case_of(team: str) -> str:
    return Case.objects.get(team=team).pk


def test_of_another_team_s_case_only_the_link_is_told(
    group: str, east: Member, browse: Browse
) -> None:
    page = browse(east).get(group)

    assert "Пов’язана ще 1 справа іншої команди" in page.content.decode()
    assert case_of("west") not in page.content.decode()
    assert [row.region for row in page.context["page"].rows] == ["Харківська область"]
    assert [bar.count for bar in page.context["page"].days.bars] == [1]


def test_one_side_alone_opens_nothing(
    group: str, east: Member, west: Member, browse: Browse
) -> None:
    browse(west).post(f"{group}open/")

    assert browse(east).get(group).context["page"].hidden == 1
    assert browse(west).get(group).context["page"].hidden == 1


def test_when_both_have_opened_each_sees_the_other(
    group: str, east: Member, west: Member, browse: Browse
) -> None:
    browse(west).post(f"{group}open/")
    browse(east).post(f"{group}open/")

    page = browse(east).get(group).context["page"]
    assert (page.hidden, len(page.rows)) == (0, 2)
    assert {row.case for row in page.rows} == {case_of("east"), ""}
    assert Grant.objects.count() == 2


def test_a_stranger_to_both_teams_finds_no_group(
    group: str, member: Callable[[Role], Member], browse: Browse
) -> None:
    stranger = in_team(member(Role.LEAD), "north")

    assert browse(stranger).get(group).status_code == 404
    assert group not in browse(stranger).get("/campaigns/").content.decode()
    assert browse(stranger).post(f"{group}confirm/", {"name": "Х"}).status_code == 404


def test_nobody_judges_a_link_to_a_case_that_they_do_not_see(
    group: str, east: Member, browse: Browse
) -> None:
    one, other = Contact.objects.values_list("pk", flat=True)
    said = {"one": one, "other": other, "verdict": "rejected"}

    browse(east).post("/campaigns/links/", said)

    assert group
    assert not LinkVerdict.objects.exists()
