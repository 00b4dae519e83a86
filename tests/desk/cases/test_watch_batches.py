"""What one import proposed is confirmed in one act by a second person who saw every line."""

import io
import os
import re
from datetime import timedelta

import pytest
from desk_cast import TODAY, Browse
from django.test import Client
from watch_cast import SOURCE

from oberih.core.identifiers import parse
from oberih.crypto.watchlist import Answer
from oberih.desk import watch_services
from oberih.desk.watch_batches import waiting_batches
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_services import Proposal
from oberih.desk.watch_states import ReleasePolicy, WatchId
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
EXPIRES = (TODAY.date() + timedelta(days=60)).isoformat()
COLUMNS = "identifier,reason,tactics,confidence,expires,policy,basis,families,source"
ROWS = [
    f"+380 50 000 00 0{last},calls {last},P1,likely,{EXPIRES},public,other source,0,a warning"
    for last in range(1, 5)
]


def bring(browser: Client, rows: list[str]) -> str:
    """Import as somebody; return the address of the page that shows it together."""
    browser.post("/watch-list/import/all/", {"text": "\n".join([COLUMNS, *rows]) + "\n"})
    first = WatchEntry.objects.filter(state="proposed").order_by("pk").first()
    assert first is not None
    return f"/watch-list/{first.pk}/together/"


def confirm(browser: Client, page: str, *, only_one: str = "no", seen: str | None = None) -> str:
    shown = browser.get(page).content.decode()
    found = re.search(r'name="seen" value="([0-9a-f]*)"', shown)
    given = seen if seen is not None else found[1] if found else ""
    answer = browser.post(page, {"seen": given, "only_one": only_one}, follow=True)
    return answer.content.decode()


def states() -> set[str]:
    return set(WatchEntry.objects.values_list("state", flat=True))


def test_a_second_person_confirms_a_whole_import_in_one_act(
    officer: Member, lead: Member, browse: Browse
) -> None:
    page = bring(browse(officer), ROWS)
    shown = browse(lead).get(page).content.decode()

    assert all(f"calls {last}" in shown for last in range(1, 5))
    confirm(browse(lead), page)
    assert states() == {"confirmed"}
    assert set(WatchEntry.objects.values_list("confirmer", flat=True)) == {str(lead.pk)}


def test_the_list_offers_an_import_to_the_second_person(
    officer: Member, lead: Member, browse: Browse
) -> None:
    page = bring(browse(officer), ROWS)

    assert page in browse(lead).get("/watch-list/").content.decode()
    assert [one.count for one in waiting_batches(by=lead)] == [4]


def test_whoever_imported_confirms_nothing(officer: Member, browse: Browse) -> None:
    page = bring(browse(officer), ROWS)

    assert 'name="seen"' not in browse(officer).get(page).content.decode()
    confirm(browse(officer), page)
    assert states() == {"proposed"}


def test_the_question_is_answered_first(officer: Member, lead: Member, browse: Browse) -> None:
    page = bring(browse(officer), ROWS)

    assert browse(lead).post(page, {"seen": "0"}).status_code == 400
    confirm(browse(lead), page, only_one="yes")
    assert states() == {"proposed"}


def test_what_was_not_seen_is_not_confirmed(officer: Member, lead: Member, browse: Browse) -> None:
    page = bring(browse(officer), ROWS)
    last = WatchEntry.objects.order_by("-pk")[0]
    watch_services.reject(WatchId(last.pk), by=lead)

    told = confirm(browse(lead), page, seen="0" * 64)

    assert "Перегляньте ще раз" in told
    assert states() == {"proposed", "rejected"}


def test_one_that_became_official_keeps_all_out_until_it_is_rejected(
    officer: Member, lead: Member, browse: Browse
) -> None:
    page = bring(browse(officer), ROWS)
    make_official(officer, lead, number="viber://chat?number=%2B380500000002")

    assert "офіційній установі" in browse(lead).get(page).content.decode()
    confirm(browse(lead), page)
    assert WatchEntry.objects.filter(state="proposed").count() == 4
    bad = WatchEntry.objects.get(value="+380500000002", state="proposed")
    watch_services.reject(WatchId(bad.pk), by=lead)
    left = WatchEntry.objects.filter(state="proposed")[0].pk
    confirm(browse(lead), f"/watch-list/{left}/together/")

    assert WatchEntry.objects.filter(state="confirmed", answer="reported").count() == 3


def make_official(officer: Member, lead: Member, *, number: str) -> None:
    what = Proposal(
        identifier=parse(number),
        reason="an office",
        expires_on=TODAY.date() + timedelta(days=60),
        answer=Answer.OFFICIAL,
        policy=ReleasePolicy.PUBLIC,
        grounds=SOURCE,
        names={"uk": "Установа", "en": "An office"},
    )
    entry = watch_services.propose(what, by=officer, now=TODAY, entropy=os.urandom)
    watch_services.confirm(entry, only_one=False, by=lead, now=TODAY)


def test_nothing_to_confirm_is_not_found(lead: Member, browse: Browse) -> None:
    assert browse(lead).get("/watch-list/nothing/together/").status_code == 404


def test_a_preview_changes_nothing(officer: Member, lead: Member, browse: Browse) -> None:
    file = io.BytesIO("\n".join([COLUMNS, *ROWS]).encode())
    file.name = "list.csv"
    browse(officer).post("/watch-list/import/", {"file": file})
    assert not WatchEntry.objects.exists()
    page = bring(browse(officer), ROWS)

    browse(lead).get(page)

    assert states() == {"proposed"}
