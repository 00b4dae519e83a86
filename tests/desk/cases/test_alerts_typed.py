"""Promises of the composer: it shows every form while she types, keeps nothing, warns of doubts."""

import pytest
from desk_cast import Browse

from oberih.alerts.models import Alert
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db
TYPED = {
    "headline_uk": "Просять знімки вокзалу",
    "text_uk": "Незнайомці обіцяють лист.",
    "advice_uk": "Не робіть.",
    "standing": "actual",
    "audience": "public",
}


def shown(browse: Browse, who: Member, **typed: object) -> str:
    answer = browse(who).post("/alerts/preview/", {**TYPED, **typed})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_what_is_typed_is_shown_in_every_form_and_kept_nowhere(
    browse: Browse, officer: Member
) -> None:
    page = shown(browse, officer)

    assert page.count("Просять знімки вокзалу") >= 3
    assert "UCS-2" in page
    assert "urn:oasis:names:tc:emergency:cap:1.2" in page
    assert not Alert.objects.exists()


def test_a_doubt_is_shown_while_it_can_still_be_changed(browse: Browse, officer: Member) -> None:
    page = shown(browse, officer, text_uk="Дзвонить Тарас Іваненко з Оленівки.")

    assert "Тарас Іваненко" in page.split("findings")[1]
    assert "Оленівки" in page.split("findings")[1]


def test_how_hard_it_is_to_read_is_told(browse: Browse, officer: Member) -> None:
    assert "LIX" in shown(browse, officer)


def test_emoji_cost_an_alphabet_and_that_is_shown(browse: Browse, officer: Member) -> None:
    plain = {"headline_uk": "", "text_uk": "", "advice_uk": "", "headline_en": "Do not pay"}

    before = shown(browse, officer, **plain, text_en="They lie.")
    after = shown(browse, officer, **plain, text_en="They lie 🙏.")

    assert "GSM" in before
    assert "GSM" not in after


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("regions", "UA-99"),
        ("audience", "nobody"),
        ("urgency", "Unknown"),
        ("standing", "?"),
        ("message_type", "x"),
    ],
)
def test_odd_values_break_nothing(browse: Browse, officer: Member, name: str, value: str) -> None:
    assert "Просять знімки" in shown(browse, officer, **{name: value})


def test_nothing_typed_is_no_error(browse: Browse, officer: Member) -> None:
    nothing = dict.fromkeys(("headline_uk", "text_uk", "advice_uk"), "")

    assert 'id="live"' in shown(browse, officer, **nothing)


def test_a_sealed_one_is_shown_as_she_will_read_it(browse: Browse, officer: Member) -> None:
    page = shown(browse, officer, audience="sealed")

    assert "загальне попередження" in page
    assert "urn:oasis" not in page


def test_who_may_not_draft_sees_no_preview(browse: Browse, member: object) -> None:
    tracing = member(Role.TRACING)  # type: ignore[operator]  # the cast's fixture

    assert browse(tracing).post("/alerts/preview/", TYPED).status_code == 403
