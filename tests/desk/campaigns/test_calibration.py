"""What people say of links moves the strength that links of the same reason show."""

from datetime import date

import pytest

from oberih.campaigns import judging
from oberih.campaigns.calibration import calibration, trust
from oberih.campaigns.facts import Facts
from oberih.campaigns.judging import Judgement
from oberih.campaigns.models import Contact, Tally
from oberih.campaigns.states import CaseId, Reason, Verdict
from oberih.campaigns.taking import live_book, take_in
from oberih.core import time
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = time.now()


def judge_pairs(count: int, *, verdict: Verdict, by: Member) -> None:
    for number in range(count):
        shared = frozenset({f"phone:+3805000000{number:02d}"})
        for side in "AB":
            case = CaseId(f"{side}{number:04d}-000")
            take_in(Facts(case, case, date(2026, 11, 20), identifiers=shared), book=live_book())
        pair = Contact.objects.filter(case__endswith=f"{number:04d}-000")
        one, other = pair.values_list("pk", flat=True)
        judging.judge(Judgement(one, other, verdict), by=by, now=NOW)


def test_a_link_shows_its_own_strength_until_people_have_judged() -> None:
    assert calibration().strength(Reason.SCRIPT, raw=0.6) == 0.6


def test_rejected_links_make_others_of_their_reason_weaker(lead: Member) -> None:
    judge_pairs(8, verdict=Verdict.REJECTED, by=lead)

    said = calibration()
    assert said.strength(Reason.IDENTIFIER, raw=1.0) == 0.5
    assert said.strength(Reason.IDENTIFIER, raw=0.3) == 0.3
    assert said.strength(Reason.PAYMENT, raw=1.0) == 1.0


def test_accepted_links_make_others_of_their_reason_stronger() -> None:
    Tally.objects.create(reason=Reason.SCRIPT, is_strong=True, accepted=8)

    assert calibration().strength(Reason.SCRIPT, raw=0.6) == pytest.approx(0.8)


def test_a_verdict_that_is_changed_counts_once(lead: Member) -> None:
    judge_pairs(1, verdict=Verdict.REJECTED, by=lead)
    judge_pairs(1, verdict=Verdict.UNSURE, by=lead)

    [row] = trust()
    assert (row.accepted, row.rejected, row.unsure) == (0, 0, 1)
