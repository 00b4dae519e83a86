"""What could hurt someone on the families' pages (docs/safeguards.md), one promise a test."""

import re
from pathlib import Path

import polib
import pytest
from django.test import Client, override_settings

import oberih.front

LANGUAGES = ("uk", "en", "ru")
CATALOGUES = Path(oberih.front.__path__[0]) / "locale"
CONSENT = {
    "uk": "без вашої згоди на кожну річ окремо",
    "en": "without your yes, item by item",
    "ru": "без вашего согласия на каждую вещь отдельно",
}
DANGER = {
    "uk": "Не відкривайте, не чіпайте, не несіть.",
    "en": "Do not open, move or carry it.",
    "ru": "Не открывайте, не трогайте, не несите.",
}
EMBASSY = {"uk": "посольства України", "en": "Ukrainian embassy", "ru": "посольство Украины"}
ON_A_CALL = {
    "uk": "Нічого не обіцяйте, нічого не підтверджуйте, не сперечайтеся.",
    "en": "Promise nothing, confirm nothing, do not argue.",
    "ru": "Ничего не обещайте, ничего не подтверждайте, не спорьте.",
}
FORCED = {"uk": "що його змусили", "en": "that he was forced", "ru": "что его заставили"}
NO_CODE = {"uk": "кодового слова", "en": "code word", "ru": "кодового слова"}
NO_PERMISSION = {"uk": "нічий дозвіл", "en": "nobody's permission", "ru": "ничьё разрешение"}
NO_OUTCOME = {"uk": "Обіцяти, чим це", "en": "cannot promise an outcome", "ru": "Обещать, чем это"}
ABSENT = {"uk": "нічого не каже про те, чи він живий", "en": "says nothing", "ru": "жив ли он"}
NEVER_SAID = re.compile(
    r"гаранту|запевня|його безпек|тяжкі наслідки|guarantee|ensure his|severe consequences"
    r"|гарантир|тяжёлые последствия|неможливо, щоб|це неправда|it is impossible",
    re.IGNORECASE,
)

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def read(language: str, page: str) -> str:
    html = Client().get(f"/{language}/{page}").content.decode()
    return html.replace("&#x27;", "'")


def section(language: str, name: str) -> str:
    return read(language, "prepare/").split(f'<section id="{name}">')[1].split("</section>")[0]


@in_each_language
def test_consent_is_read_before_send(language: str) -> None:
    above = read(language, "report/").split('data-step="send"')[1].split('id="send"')[0]

    assert CONSENT[language] in above


@in_each_language
def test_consent_is_read_before_send_after_a_check_too(language: str) -> None:
    above = read(language, "check/").split('data-step="send"')[1].split('id="send"')[0]

    assert CONSENT[language] in above


@pytest.mark.parametrize(("confirmed", "shown"), [(False, True), (True, False)])
def test_consent_is_an_example_until_a_lawyer_confirms_it(*, confirmed: bool, shown: bool) -> None:
    with override_settings(CONSENT_IS_CONFIRMED=confirmed):
        page = read("en", "report/")

    assert ("Example: the text below" in page) is shown


@in_each_language
@pytest.mark.parametrize(("page", "explained"), [("", 'class="lead"'), ("report/", "data-go=")])
def test_physical_danger_comes_before_any_explanation(
    language: str, page: str, explained: str
) -> None:
    before, _mark, _after = read(language, page).partition(explained)

    assert DANGER[language] in before
    assert all(f'href="tel:{number}"' in before for number in ("101", "102", "112"))


@in_each_language
def test_abroad_it_is_the_local_police_and_the_embassy(language: str) -> None:
    assert EMBASSY[language] in read(language, "")
    assert EMBASSY[language] in read(language, "report/")


@in_each_language
def test_advice_for_a_call_never_asks_to_play_along(language: str) -> None:
    call = section(language, "call")

    assert ON_A_CALL[language] in call
    assert re.search(r"підігруйте|play along|подыгрывайте", call)


@in_each_language
def test_proof_of_life_is_left_to_a_specialist(language: str) -> None:
    himself = section(language, "himself")

    assert FORCED[language] in himself
    assert re.search(r"фахівець|specialist|специалист", himself)


@in_each_language
def test_no_code_does_not_mean_fake(language: str) -> None:
    assert NO_CODE[language] in section(language, "call")


@in_each_language
def test_whoever_already_did_something_hears_of_a_lawyer_first(language: str) -> None:
    done = section(language, "done")

    assert done.index("tel:0800213103") < done.index("<li>")
    assert NO_OUTCOME[language] in done


@in_each_language
def test_a_minor_needs_nobody_s_permission(language: str) -> None:
    young = section(language, "young")

    assert NO_PERMISSION[language] in young
    assert 'href="tel:116111"' in young


@in_each_language
def test_the_way_for_minors_is_on_every_page(language: str) -> None:
    pages = ("", "check/", "report/", "conversation/", "warnings/", "notices/", "leave/")
    pages += ("numbers/",)

    assert not [one for one in pages if "/prepare/#young" not in read(language, one)]


@in_each_language
def test_absence_from_a_list_says_nothing(language: str) -> None:
    assert ABSENT[language] in section(language, "silence")


@in_each_language
def test_nothing_threatens_and_nothing_is_promised(language: str) -> None:
    texts = polib.pofile(str(CATALOGUES / language / "LC_MESSAGES" / "django.po"))

    assert not [one.msgid for one in texts if NEVER_SAID.search(one.msgstr or one.msgid)]


def test_an_unknown_page_is_answered_in_each_language() -> None:
    answer = Client().get("/uk/nothing/")

    assert answer.status_code == 404
    assert answer.content.decode().splitlines() == [
        "Тут нічого немає.",
        "There is nothing here.",
        "Здесь ничего нет.",
    ]


@in_each_language
def test_bodies_that_search_for_prisoners_can_be_called_from_abroad(language: str) -> None:
    prisoners = read(language, "numbers/").split('id="prisoners"')[1].split("</section>")[0]

    assert 'href="tel:+380442878165"' in prisoners
    assert 'href="tel:+380443904390"' in prisoners
