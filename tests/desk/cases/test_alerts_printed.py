"""Promises of the leaflet on the desk: the worker draws it, only those who may draft get it."""

import os

import pytest
from desk_cast import Browse, Desk

from oberih.alerts.services import Draft, Grounds, Words
from oberih.alerts.states import Basis
from oberih.desk import alerting, leaflets
from oberih.staff.models import Member

pytestmark = pytest.mark.django_db
WORDS = {
    "uk": Words("Просять знімки", "Обіцяють лист.", "Не робіть."),
    "en": Words("They ask for photos", "They promise a letter.", "Do not do it."),
}


@pytest.fixture
def alert(desk: Desk, officer: Member) -> str:
    grounds = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
    return alerting.draft(Draft(WORDS, grounds), by=officer, now=desk.now, entropy=os.urandom)


def test_the_page_hands_out_what_the_worker_drew(
    alert: str, desk: Desk, officer: Member, browse: Browse
) -> None:
    leaflets.draw_due(now=desk.now)

    answer = browse(officer).get(f"/alerts/{alert}/leaflet/uk/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_request_never_draws(alert: str, officer: Member, browse: Browse) -> None:
    assert browse(officer).get(f"/alerts/{alert}/leaflet/uk/").status_code == 409


@pytest.mark.parametrize("language", ["de", "..", "uk.pdf"])
def test_another_language_is_no_path(
    alert: str, officer: Member, browse: Browse, language: str
) -> None:
    assert browse(officer).get(f"/alerts/{alert}/leaflet/{language}/").status_code in {404, 409}
