"""The watch list's pages: propose from a case, confirm as another, import all or nothing."""

import io
from datetime import timedelta

import pytest
from desk_cast import TODAY, Browse, Desk, Family
from django.test import Client

from oberih.desk.models import Case
from oberih.desk.watch_models import WatchEntry
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
EXPIRES = (TODAY.date() + timedelta(days=60)).isoformat()
COLUMNS = "identifier,reason,tactics,confidence,expires,policy,basis,families,source"
GOOD = f"+380 50 000 00 01,calls,P1 C4,likely,{EXPIRES},desk only,families,0,"
FORM = {
    "identifier": "+380500000001",
    "answer": "reported",
    "reason": "calls",
    "tactics": ["P1"],
    "confidence": "likely",
    "expires_on": EXPIRES,
    "policy": "public",
    "basis": "other source",
    "source": "a public warning",
}


def upload(browser: Client, *rows: str, head: str = COLUMNS) -> str:
    file = io.BytesIO("\n".join([head, *rows]).encode())
    file.name = "list.csv"
    return browser.post("/watch-list/import/", {"file": file}).content.decode()


def test_a_case_offers_its_number_for_the_list(
    desk: Desk, olha: Family, officer: Member, browse: Browse
) -> None:
    olha.send("Пишуть з +380 50 000 00 01")
    desk.turn()
    case = Case.objects.get().pk

    page = browse(officer).get(f"/cases/{case}/").content.decode()
    assert f"/watch-list/new/?identifier=phone%3A%2B380500000001&amp;case={case}" in page
    form = {**FORM, "identifier": "phone:+380500000001", "case": case}
    browse(officer).post("/watch-list/new/", form)

    assert WatchEntry.objects.get().sources.get().case_id == case


def test_the_second_person_answers_the_question_first(
    officer: Member, lead: Member, browse: Browse
) -> None:
    browse(officer).post("/watch-list/new/", FORM)
    entry = WatchEntry.objects.get().pk

    assert browse(lead).post(f"/watch-list/{entry}/confirm/").status_code == 400
    browse(lead).post(f"/watch-list/{entry}/confirm/", {"only_one": "no"})

    assert WatchEntry.objects.get().state == "confirmed"


def test_the_author_is_not_offered_to_confirm(officer: Member, browse: Browse) -> None:
    browse(officer).post("/watch-list/new/", FORM)
    entry = WatchEntry.objects.get().pk

    page = browse(officer).get(f"/watch-list/{entry}/").content.decode()
    assert f"/watch-list/{entry}/confirm/" not in page
    browse(officer).post(f"/watch-list/{entry}/confirm/", {"only_one": "no"})
    assert WatchEntry.objects.get().state == "proposed"


def test_an_official_number_is_refused_with_a_sentence(officer: Member, browse: Browse) -> None:
    answer = browse(officer).post("/watch-list/new/", {**FORM, "identifier": "0 800 300 529"})

    assert answer.status_code == 409
    assert "офіційній установі" in answer.content.decode()


def test_an_unknown_entry_is_not_found(officer: Member, browse: Browse) -> None:
    assert browse(officer).get("/watch-list/nothing/").status_code == 404


def test_an_import_changes_nothing_before_its_preview_is_confirmed(
    officer: Member, browse: Browse
) -> None:
    page = upload(browse(officer), GOOD)

    assert "1 нова пропозиція" in page
    assert not WatchEntry.objects.exists()
    text = f"{COLUMNS}\n{GOOD}\n"
    browse(officer).post("/watch-list/import/all/", {"text": text})
    assert WatchEntry.objects.get().state == "proposed"


@pytest.mark.parametrize(
    "bad",
    [
        f"a name,calls,,likely,{EXPIRES},desk only,families,0,",
        f"0 800 300 529,calls,,likely,{EXPIRES},desk only,families,0,",
        f'@parcel_demo,"=HYPERLINK(1)",,likely,{EXPIRES},desk only,families,0,',
        "@parcel_demo,calls,,likely,soon,desk only,families,0,",
        f"@parcel_demo,calls,Z9,likely,{EXPIRES},desk only,families,0,",
    ],
)
def test_one_bad_row_keeps_all_out(bad: str, officer: Member, browse: Browse) -> None:
    page = upload(browse(officer), GOOD, bad)
    browse(officer).post("/watch-list/import/all/", {"text": f"{COLUMNS}\n{GOOD}\n{bad}\n"})

    assert "Рядок 3" in page
    assert not WatchEntry.objects.exists()


def test_a_file_of_another_kind_is_refused(officer: Member, browse: Browse) -> None:
    assert "не файл CSV" in upload(browse(officer), "1,2", head="a,b")


def test_rows_that_are_listed_already_change_nothing(officer: Member, browse: Browse) -> None:
    browse(officer).post("/watch-list/import/all/", {"text": f"{COLUMNS}\n{GOOD}\n"})

    assert "0 нових пропозицій" in upload(browse(officer), GOOD)
