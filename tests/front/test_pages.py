import re

import brotli
import pytest
from django.test import Client

from oberih.front.bundles import BUILT, bundle

LANGUAGES = ("uk", "en", "ru")
PAGES = (
    "",
    "check/",
    "lookup/",
    "report/",
    "conversation/",
    "warnings/",
    "notices/",
    "numbers/",
    "prepare/",
    "leave/",
)
EVERY_PAGE = [f"/{language}/{page}" for language in LANGUAGES for page in PAGES]
FIRST_VIEW = 30 * 1024

every_page = pytest.mark.parametrize("address", EVERY_PAGE)


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", "/uk/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("ru", "/ru/"),
        ("de,ru;q=0.5", "/ru/"),
        ("pl", "/uk/"),
    ],
)
def test_the_browser_s_language_chooses_the_page(asked: str, shown: str) -> None:
    answer = Client().get("/", headers={"accept-language": asked})

    assert answer["Location"] == shown


@every_page
def test_occupied_territory_is_the_first_thing_that_is_read(address: str) -> None:
    before, _mark, after = read(address).partition('class="first"')

    assert not re.findall(r"<(p|h1|main)\b", before)
    assert re.search(r"окупован|occupied|оккупирован", after[:400])


@every_page
def test_exit_is_the_first_stop_after_the_skip_link(address: str) -> None:
    stops = re.findall(r"<(?:a|button|input)[^>]*>", read(address))

    assert 'class="skip"' in stops[0]
    assert 'id="exit"' in stops[1]


@every_page
def test_i_cannot_cope_is_on_every_page(address: str) -> None:
    assert "/numbers/#support" in read(address)


@every_page
def test_first_view_is_light(address: str) -> None:
    html = brotli.compress(read(address).encode(), quality=5)
    files = [(BUILT / bundle(name).url.rsplit("/", 1)[1]) for name in ("page.css", "page.js")]

    assert len(html) + sum(len(brotli.compress(one.read_bytes())) for one in files) <= FIRST_VIEW


@every_page
def test_page_asks_for_two_files_of_its_own_only(address: str) -> None:
    html = read(address)

    assert len(re.findall(r"<(?:script|link|img|iframe)\b", html)) == 2
    assert len(re.findall(r'integrity="sha384-', html)) == 2


@every_page
def test_nothing_is_stored_and_nothing_is_inline(address: str) -> None:
    answer = Client().get(address)

    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in answer["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", answer.content.decode())


@every_page
def test_title_tells_nothing(address: str) -> None:
    title = re.search(r"<title>(.*)</title>", read(address))

    assert title
    assert title[1] in {"Довідник", "Guide", "Справочник"}


@every_page
def test_fields_are_not_remembered_nor_checked_elsewhere(address: str) -> None:
    fields = re.findall(r"<(?:textarea|input id=\"region\")[^>]*>", read(address))

    assert all('autocomplete="off"' in one and 'spellcheck="false"' in one for one in fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_says_first_that_it_is_no_emergency_line(language: str) -> None:
    html = read(f"/{language}/report/")

    assert html.index('href="tel:102"') < html.index("data-go=")
    assert re.search(r"не екстрена лінія|not an emergency line|не экстренная линия", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_reads_it_and_when_stands_above_the_send_button(language: str) -> None:
    step = read(f"/{language}/report/").split('data-step="send"')[1]
    above, _button, _below = step.partition('id="send"')

    assert re.search(r"Example operator|організація-оператор|организация-оператор", above)
    assert "09:00" in above
    assert re.search(r"Приклад|Example:|Пример", above)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_calls_a_contact_safe(language: str) -> None:
    words = re.compile(r"безпечн|\bsafe\b|безопасн(?:о|ый|ая)\b", re.IGNORECASE)

    assert not [page for page in PAGES if words.search(read(f"/{language}/{page}"))]


def test_leaving_clears_what_the_browser_keeps() -> None:
    answer = Client().get("/uk/leave/")

    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_without_scripts_the_page_says_that_nothing_is_sent() -> None:
    html = read("/uk/report/")

    assert "<noscript>" in html
    assert "<form" not in html
