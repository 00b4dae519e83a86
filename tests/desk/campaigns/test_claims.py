"""Whom and what place a stranger names: noted by an officer, linking, joining only by a person."""

from collections.abc import Callable

import pytest
from desk_cast import Browse, Desk, Family

from oberih.audit.models import Entry
from oberih.campaigns.models import Claim, Clue, Contact, Group
from oberih.campaigns.network import whys_between
from oberih.campaigns.states import Reason
from oberih.campaigns.taking import live_book
from oberih.desk.models import Case
from oberih.staff.models import Member, Team
from oberih.staff.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _in_the_team(officer: Member, lead: Member) -> None:
    team = Team.objects.get_or_create(pk="desk", defaults={"name": "desk"})[0]
    officer.teams.add(team)
    lead.teams.add(team)


@pytest.fixture
def cases(desk: Desk, family: Callable[[], Family]) -> list[str]:
    family().send("Пише якийсь чоловік про нашого сина")
    family().send("Телефонують щодня і чогось хочуть")
    desk.turn()
    return sorted(Case.objects.values_list("pk", flat=True))


@pytest.fixture
def note(browse: Browse) -> Callable[..., int]:
    """Note a person or a place as somebody; return the status."""

    def noted(case: str, text: str, *, by: Member, kind: str = "person") -> int:
        address = f"/campaigns/claims/{case}/"
        return int(browse(by).post(address, {"kind": kind, "text": text}).status_code)

    return noted


def test_two_cases_that_name_one_person_are_linked_and_say_why(
    cases: list[str], officer: Member, note: Callable[..., int], browse: Browse
) -> None:
    note(cases[0], "майор  Ковальчук", by=officer)
    note(cases[1], "Майoр «Ковальчук»", by=officer)

    [why] = whys_between(*cases, book=live_book())
    assert (why.reason, why.families, why.is_inferred) == (Reason.PERSON, 2, False)
    page = browse(officer).get(f"/cases/{cases[0]}/").content.decode()
    assert "та сама названа особа" in page
    assert cases[1] in page


def test_a_claim_joins_nobody_until_a_person_accepts_it(
    cases: list[str], lead: Member, note: Callable[..., int], browse: Browse
) -> None:
    for case in cases:
        note(case, "колонія в Оленівці", by=lead, kind="place")
    assert list(Group.objects.values_list("families", flat=True)) == [1, 1]

    clue = Clue.objects.get(kind="place").pk
    assert f'value="{clue}"' in browse(lead).get(f"/cases/{cases[0]}/").content.decode()
    browse(lead).post("/campaigns/clues/", {"clue": clue, "verdict": "accepted"})

    assert list(Group.objects.values_list("families", flat=True)) == [2]


def test_a_removed_claim_links_no_longer(
    cases: list[str], officer: Member, note: Callable[..., int], browse: Browse
) -> None:
    for case in cases:
        note(case, "Ковальчук", by=officer)
    claim = Claim.objects.get(case=cases[0])

    browse(officer).post(f"/campaigns/claims/{cases[0]}/{claim.pk}/remove/")

    assert whys_between(*cases, book=live_book()) == ()
    told = "".join(str(one) for one in Entry.objects.values_list("event", flat=True))
    assert "claim.noted" in told
    assert "claim.removed" in told
    assert "Ковальчук" not in told


def test_who_may_not_see_a_case_notes_nothing_in_it(
    cases: list[str], member: Callable[[Role], Member], note: Callable[..., int]
) -> None:
    stranger = member(Role.OFFICER)
    stranger.teams.set([Team.objects.get_or_create(pk="east", defaults={"name": "east"})[0]])

    assert note(cases[0], "Ковальчук", by=stranger) == 404
    assert note(cases[0], "Ковальчук", by=member(Role.ANALYST)) == 403
    assert not Claim.objects.exists()


@pytest.mark.parametrize("text", ["", " «…» ", "а" * 81])
def test_a_claim_without_words_or_too_long_is_refused(
    text: str, cases: list[str], officer: Member, note: Callable[..., int]
) -> None:
    note(cases[0], text, by=officer)

    assert not Claim.objects.exists()
    assert Contact.objects.count() == 2
