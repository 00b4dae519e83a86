"""Proposed links: nothing is accepted by itself, decisions stay, the source's word takes two."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from desk_cast import Browse
from django.urls import reverse
from register_cast import Cast

from oberih.audit.models import Entry
from oberih.register import list_applying, list_services
from oberih.register.births import birth_of
from oberih.register.link_models import LinkDecision, LinkProposal, LinkRun, Verdict
from oberih.register.link_services import judge
from oberih.register.list_applying import Seen
from oberih.register.list_columns import Column
from oberih.register.list_models import ListEntry, ListKind
from oberih.register.models import Source
from oberih.register.proposing import propose_when_changed
from oberih.register.refusals import EntryTaken, SamePerson
from oberih.register.services import add_person
from oberih.register.states import PersonId, SourceKind
from oberih.register.values import Marks, Sought, Spelling
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HEADINGS = ["Фамилия", "Имя", "Отчество", "Дата рождения"]
OSTAP = ["Гнатюк", "Остап", "Богданович", "07.05.1990"]
SEEN = Seen(leaves_wrong_rows_out=True, vanishing_is_right=True)


class Linking:
    """People who are sought, and a source that lists some."""

    def __init__(self, cast: Cast, source: Source) -> None:
        self.cast, self.source = cast, source

    def seek(self, name: str, born: str = "") -> PersonId:
        birth = birth_of(born)
        marks = Marks(born_on=birth.day, born_year=birth.year)
        sought = Sought(self.cast.source().pk, Spelling(*name.split()), marks=marks)
        made = add_person(
            sought, by=self.cast.tracing, now=self.cast.now, entropy=self.cast.entropy
        )
        return PersonId(made.pk)

    def take_in(self, *rows: list[str]) -> None:
        told = list_services.Incoming(
            self.source.pk, ListKind.LISTED, [HEADINGS, *rows], self.cast.now.date()
        )
        issue = list_services.take(told, by=self.cast.tracing, now=self.cast.now)
        columns = [Column(one) for one in issue.columns]
        list_services.confirm(issue.pk, columns=columns, by=self.cast.tracing)
        begun = list_applying.begin(issue.pk, seen=SEEN, by=self.cast.tracing)
        while not list_applying.go_on(begun, now=self.cast.now, entropy=os.urandom):
            pass

    def propose(self) -> list[LinkProposal]:
        propose_when_changed(now=self.cast.now)
        return list(LinkProposal.objects.order_by("-probability"))

    def judge(self, link: LinkProposal, verdict: Verdict, by: Member | None = None) -> Verdict:
        return judge(link.pk, verdict=verdict, by=by or self.cast.tracing, now=self.cast.now)


@pytest.fixture
def linking(register: Cast) -> Linking:
    return Linking(register, register.source(SourceKind.WITNESS))


@pytest.fixture
def official(register: Cast) -> Linking:
    return Linking(register, register.source(SourceKind.BUREAU, official=True))


@pytest.fixture
def ostap(linking: Linking) -> LinkProposal:
    linking.seek("Гнатюк Остап Богданович", "1990-05-07")
    linking.take_in(OSTAP)
    return linking.propose()[0]


def test_a_listed_row_is_proposed_and_nothing_is_accepted(ostap: LinkProposal) -> None:
    assert ostap.probability > 0.9
    assert ostap.state == Verdict.PROPOSED
    assert ostap.contributions["dob"] > 5
    assert ListEntry.objects.get().person_id is None


def test_full_namesakes_are_a_tie_and_stay_proposals(linking: Linking) -> None:
    linking.seek("Гнатюк Остап Богданович")
    linking.seek("Гнатюк Остап Богданович")
    linking.take_in(OSTAP)

    links = linking.propose()

    assert [one.is_tied for one in links] == [True, True]
    assert all(one.probability < 0.6 and one.state == Verdict.PROPOSED for one in links)


def test_an_accepted_link_is_kept_when_all_is_proposed_anew(
    linking: Linking, ostap: LinkProposal
) -> None:
    linking.judge(ostap, Verdict.ACCEPTED)
    linking.seek("Мороз Іван")
    linking.take_in(OSTAP, ["Мороз", "Петро", "", ""])

    states = {one.person_id: one.state for one in linking.propose()}

    assert states[ostap.person_id] == Verdict.ACCEPTED
    listed = ListEntry.objects.filter(match=ostap.entry.match)
    assert {one.person_id for one in listed} == {ostap.person_id}


def test_a_rejected_link_stays_rejected(linking: Linking, ostap: LinkProposal) -> None:
    linking.judge(ostap, Verdict.REJECTED)
    linking.seek("Мороз Іван")

    assert linking.propose()[0].state == Verdict.REJECTED


def test_a_decision_is_taken_back(linking: Linking, ostap: LinkProposal) -> None:
    linking.judge(ostap, Verdict.ACCEPTED)

    linking.judge(ostap, Verdict.PROPOSED)

    assert ListEntry.objects.get().person_id is None


def test_a_row_is_accepted_as_one_person_only(linking: Linking) -> None:
    linking.seek("Гнатюк Остап Богданович")
    linking.seek("Гнатюк Остап Богданович")
    linking.take_in(OSTAP)
    first, second = linking.propose()
    linking.judge(first, Verdict.ACCEPTED)

    with pytest.raises(EntryTaken):
        linking.judge(second, Verdict.ACCEPTED)
    assert LinkDecision.objects.count() == 1


def test_an_official_row_is_accepted_by_two_people(
    official: Linking, member: Callable[[Role], Any]
) -> None:
    official.seek("Гнатюк Остап Богданович", "1990-05-07")
    official.take_in(OSTAP)
    link = official.propose()[0]

    assert official.judge(link, Verdict.ACCEPTED) is Verdict.SECOND
    assert ListEntry.objects.get().person_id is None
    with pytest.raises(SamePerson):
        official.judge(link, Verdict.ACCEPTED)
    other = member(Role.TRACING)
    assert official.judge(link, Verdict.ACCEPTED, by=other) is Verdict.ACCEPTED
    assert ListEntry.objects.get().person_id == link.person_id


def test_asking_for_a_second_look_is_no_acceptance_of_an_official_row(
    official: Linking, member: Callable[[Role], Any]
) -> None:
    official.seek("Гнатюк Остап Богданович", "1990-05-07")
    official.take_in(OSTAP)
    link = official.propose()[0]

    assert official.judge(link, Verdict.SECOND) is Verdict.UNSURE
    assert official.judge(link, Verdict.ACCEPTED, by=member(Role.TRACING)) is Verdict.SECOND
    assert ListEntry.objects.get().person_id is None


def test_accepting_an_official_row_twice_takes_nothing_back(
    official: Linking, member: Callable[[Role], Any]
) -> None:
    official.seek("Гнатюк Остап Богданович", "1990-05-07")
    official.take_in(OSTAP)
    link, other = official.propose()[0], member(Role.TRACING)
    official.judge(link, Verdict.ACCEPTED)

    assert official.judge(link, Verdict.ACCEPTED, by=other) is Verdict.ACCEPTED
    assert official.judge(link, Verdict.ACCEPTED, by=other) is Verdict.ACCEPTED
    assert LinkDecision.objects.get().second_by == str(other.pk)
    assert ListEntry.objects.get().person_id == link.person_id


def test_nothing_runs_again_while_nothing_changed(linking: Linking, ostap: LinkProposal) -> None:
    linking.propose()

    assert LinkRun.objects.count() == 1
    assert LinkRun.objects.get().engine == ostap.engine


def test_the_page_shows_both_sides_and_the_reasons(
    linking: Linking, ostap: LinkProposal, browse: Browse
) -> None:
    browser = browse(linking.cast.tracing)

    listed = browser.get(reverse("desk:register-links")).content.decode()
    shown = browser.get(reverse("desk:register-link", args=[ostap.pk])).content.decode()

    assert "Гнатюк" in listed
    assert ostap.engine in shown
    assert 'class="waterfall"' in shown
    assert "07.05.1990" in shown
    acts = [one.event for one in Entry.objects.all() if "register.link-shown" in (one.event or "")]
    assert len(acts) == 1
    assert "Гнатюк" not in acts[0]


def test_the_page_keeps_a_decision(linking: Linking, ostap: LinkProposal, browse: Browse) -> None:
    address = reverse("desk:register-link-decide", args=[ostap.pk])

    browse(linking.cast.tracing).post(address, {"verdict": "unsure"})

    assert LinkDecision.objects.get().verdict == Verdict.UNSURE


def test_only_tracing_sees_and_judges_links(
    linking: Linking, ostap: LinkProposal, browse: Browse, lead: Member
) -> None:
    address = reverse("desk:register-link", args=[ostap.pk])

    assert browse(lead).get(address).status_code == 403
    assert browse(lead).get(reverse("desk:register-links")).status_code == 403
    with pytest.raises(NotPermitted):
        linking.judge(ostap, Verdict.ACCEPTED, by=lead)


def test_more_links_cost_no_more_queries(
    linking: Linking,
    browse: Browse,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    browser = browse(linking.cast.tracing)
    names = ["Гнатюк", "Мороз", "Вербицький", "Шевченко", "Тихий", "Коваль"]
    for surname in names:
        linking.seek(f"{surname} Остап Богданович", "1990-05-07")
    linking.take_in(*[[surname, *OSTAP[1:]] for surname in names])
    link = linking.propose()[0]

    with django_assert_max_num_queries(20):
        browser.get(reverse("desk:register-links"))
    with django_assert_max_num_queries(26):
        browser.get(reverse("desk:register-link", args=[link.pk]))
