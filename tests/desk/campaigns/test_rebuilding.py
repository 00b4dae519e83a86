"""A rebuild says what filing said, goes on where it was, and keeps what people decided."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from oberih.campaigns.facts import Facts
from oberih.campaigns.models import Book, Contact, LinkVerdict
from oberih.campaigns.rebuilding import is_under_way, rebuild
from oberih.campaigns.settling import settle
from oberih.campaigns.states import CaseId, Verdict
from oberih.campaigns.taking import live_book, take_in
from oberih.core import time
from tests.desk.campaigns.test_same_in_any_order import cases, stands

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = time.now()


class Stopped(BaseException):
    """The rebuild's process ended here."""


@dataclass
class Listed:
    """Cases in a list; it stops once after some of them."""

    listed: list[Facts]
    stops_after: int = 10_000

    def cases(self) -> Iterable[CaseId]:
        return sorted(one.case for one in self.listed)

    def facts(self, case: CaseId) -> Facts:
        self.stops_after -= 1
        if self.stops_after < 0:
            raise Stopped
        return next(one for one in self.listed if one.case == case)


@pytest.fixture
def listed(db: None) -> list[Facts]:
    """File invented cases, and keep two of them apart."""
    del db
    everything = cases(random.Random(7))  # noqa: S311  # invented cases
    for facts in everything:
        take_in(facts, book=live_book())
    largest = Contact.objects.order_by("group").values_list("case", flat=True)
    one, other = sorted(largest)[:2]
    LinkVerdict.objects.create(one=one, other=other, verdict=Verdict.REJECTED, by="x", at=NOW)
    settle([one, other], book=live_book())
    return everything


def test_a_rebuild_says_what_filing_said(listed: list[Facts]) -> None:
    before = stands()

    done = rebuild(Listed(listed), now=NOW)

    assert stands() == before
    assert (done.cases, done.changed) == (len(listed), 0)
    assert Book.objects.count() == 1


def test_an_interrupted_rebuild_goes_on_where_it_was(listed: list[Facts]) -> None:
    before = stands()
    with pytest.raises(Stopped):
        rebuild(Listed(listed, stops_after=9), now=NOW)
    assert is_under_way()
    assert stands()["groups"] == before["groups"]

    left = Listed(listed, stops_after=len(listed) - 9)
    rebuild(left, now=NOW)

    assert stands() == before
    assert not is_under_way()


def test_reports_that_come_meanwhile_are_taken_over(listed: list[Facts]) -> None:
    with pytest.raises(Stopped):
        rebuild(Listed(listed, stops_after=9), now=NOW)
    late = Facts(CaseId("ZZZZ-ZZZZ"), "ZZZZ-ZZZZ", NOW.date() - timedelta(days=1))
    take_in(late, book=live_book())
    before = stands()["groups"]

    rebuild(Listed([*listed, late]), now=NOW)

    assert stands()["groups"] == before


def test_learnt_weights_change_no_verdict(listed: list[Facts]) -> None:
    rebuild(Listed(listed), now=NOW, learn=True)

    [kept] = LinkVerdict.objects.all()
    ends = Contact.objects.filter(book=live_book(), case__in=(kept.one, kept.other))
    assert len(set(ends.values_list("group", flat=True))) == 2
