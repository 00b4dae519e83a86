"""Promises of the library and the phrase book: what fits comes first, nothing is made up."""

import re

import pytest
from desk_cast import Browse, Desk, Family

from oberih.core import time
from oberih.crypto.bodies import Tongue
from oberih.desk import services
from oberih.desk.models import Case, Reply
from oberih.desk.replying.library import LANGUAGES, library, proposed
from oberih.desk.replying.phrasebook import beside, sentences
from oberih.desk.replying.places import Unfilled
from oberih.desk.states import CaseId
from oberih.staff.models import Member

TEMPLATES = library().templates
UNSAFE = re.compile(
    r"безпечн|безопасн|\bsafe|неможлив|невозможн|impossible|несуперечл|consistent|гарант|"
    r"guarantee|обіцяємо|обещаем|we promise|відповідальн",
    re.IGNORECASE,
)


def case(**fields: object) -> Case:
    return Case(language="uk", **fields)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_no_template_promises_dooms_or_calls_a_contact_safe(template) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for language in LANGUAGES:
        assert not UNSAFE.search(template.text(language)), language


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_a_template_is_bound_to_a_tactic_a_stage_a_sign_or_to_all(template) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert template.tactics or template.stages or template.signs or template.is_for_all


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_a_template_is_short_and_its_places_stand_in_every_language(template) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    places = {template.text(language).count("[[") for language in LANGUAGES}

    assert len(places) == 1
    assert all(len(template.text(language)) < 600 for language in LANGUAGES)


def test_nothing_claims_a_review_that_did_not_happen() -> None:
    assert library().state == "draft"


def test_what_fits_the_assessment_is_proposed_first() -> None:
    found = proposed(case(tactics=["M5"], stage=5), reader="uk")

    assert found[0].fits
    assert found[0].code == "money"


def test_a_sign_of_danger_comes_before_any_tactic() -> None:
    found = proposed(case(tactics=["M5"], stage=5, physical=True), reader="uk")

    assert found[0].code == "danger"


def test_a_template_comes_in_the_reporters_language_with_the_officers_beside_it() -> None:
    found = {one.code: one for one in proposed(Case(language="ru", tactics=[]), reader="uk")}

    assert found["first"].text.startswith("Добрый день")
    assert found["first"].own.startswith("Добрий день")


@pytest.mark.parametrize("of", LANGUAGES)
@pytest.mark.parametrize("to", LANGUAGES)
def test_every_sentence_of_every_template_stands_in_the_phrase_book(of: str, to: str) -> None:
    missing = [
        side.said
        for one in TEMPLATES
        for side in beside(one.text(of), of=of, to=to)
        if not side.translated
    ]

    assert missing == []


def test_a_sentence_is_found_whatever_its_quotes_case_and_end() -> None:
    [side] = beside("спасибо за ответ!", of="ru", to="uk")

    assert side.translated == "Дякую за відповідь."


def test_what_stands_in_a_slot_is_carried_over_as_it_is() -> None:
    [side] = beside("Звонили с +380 50 000 00 01.", of="ru", to="uk")

    assert side.translated == "Дзвонили з +380 50 000 00 01."


def test_an_account_keeps_its_large_letters() -> None:
    [side] = beside("пишет @Ivan_Koval!", of="ru", to="uk")

    assert side.translated == "Пише @Ivan_Koval."


@pytest.mark.parametrize("said", ["Он угрожал мне вчера ночью.", "Спасибо за ответ, но нет."])
def test_what_is_not_in_the_book_is_said_to_be_untranslated(said: str) -> None:
    [side] = beside(said, of="ru", to="uk")

    assert (side.said, side.translated) == (said, "")


@pytest.mark.parametrize("text", ["", "...", "а" * 50_000, ".!?" * 9_000, "1.2.3 @x.y", "\n\n"])
def test_odd_texts_are_split_without_harm(text: str) -> None:
    assert all(one for one in sentences(text))


@pytest.mark.django_db
class TestOnThePage:
    """The case's page with templates, preview and translations."""

    @pytest.fixture
    def russian(self, desk: Desk, olha: Family) -> CaseId:
        olha.send("Спасибо за ответ. Они пишут по-другому.", language=Tongue("ru"))
        desk.turn()
        return CaseId(Case.objects.get().pk)

    def test_a_russian_message_stands_beside_what_the_book_has(
        self, russian: CaseId, officer: Member, browse: Browse
    ) -> None:
        page = browse(officer).get(f"/cases/{russian}/").content.decode()

        assert "Дякую за відповідь." in page
        assert "немає в розмовнику" in page

    def test_a_preview_sends_nothing_and_keeps_the_words(
        self, russian: CaseId, officer: Member, browse: Browse
    ) -> None:
        answer = browse(officer).post(f"/cases/{russian}/preview/", {"text": "Не делайте этого."})

        page = answer.content.decode()
        assert "Не робіть цього." in page
        assert page.count("Не делайте этого.") >= 3
        assert not Reply.objects.filter(kind="reply").exists()

    def test_a_reply_with_an_empty_place_does_not_leave(
        self, russian: CaseId, officer: Member, browse: Browse
    ) -> None:
        text = "Мы хотим передать это: [[что именно]]."
        page = browse(officer).post(f"/cases/{russian}/reply/", {"text": text})

        assert page.status_code == 409
        assert "[[что именно]]" in page.content.decode()
        with pytest.raises(Unfilled):
            services.reply(russian, text=text, by=officer, now=time.now())
