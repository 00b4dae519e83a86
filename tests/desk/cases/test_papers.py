"""Forms from paper: several at once, each with its day; a bad row costs nothing written."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from desk_cast import TODAY, Browse, Desk
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils.timezone import localdate

from oberih.crypto.receipt import Receipt
from oberih.desk.calls.models import Call
from oberih.desk.calls.paper_rows import MOST_FORMS, rows_of, template
from oberih.desk.calls.refusals import NoSuchTable, TooManyForms
from oberih.desk.models import Case, Message
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("root_key")]
PAGE = "/calls/papers/"
BEFORE = localdate(TODAY) - timedelta(days=3)
GOOD = {
    "paper_on": BEFORE.isoformat(), "can_talk": "yes", "in_danger": "no", "language": "uk",
    "consent": "on", "call_word": "калина", "best_time": "після шостої", "text": "Просили фото.",
}  # fmt: skip
TABLE = """день;може говорити;небезпека зараз;слово;згода;мова;область;що сталося;примітка
{day};так;ні;калина;так;українська;Львівська область;Просили фото.;
20.11.26;може;ні;верба;так;укр;Атлантида;"Дзвонив ""слідчий"";
двічі";зелена папка
;;;;;;;;
"""


def posted(*forms: dict[str, str]) -> dict[str, str]:
    """Return what the page sends for these forms."""
    given = {"form-TOTAL_FORMS": str(len(forms)), "form-INITIAL_FORMS": str(len(forms))}
    for number, form in enumerate(forms):
        once = {"once": f"{number:032x}", "unread": ""}
        given |= {f"form-{number}-{name}": value for name, value in (once | form).items()}
    return given


def words_on(page: HttpResponse) -> list[str]:
    """Return the ten words of each form that the page shows."""
    lists = re.findall(r'<ol class="ten".*?</ol>', page.content.decode())
    found = [re.findall(r"<b>([^<]+)</b>", one) for one in lists]
    return [" ".join(unescape(word) for word in words) for words in found]


@pytest.mark.usefixtures("public_front")
def test_several_become_cases_each_with_words_of_its_own_and_the_day_on_paper(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    page = browse(officer).post(PAGE, posted(GOOD, {**GOOD, "text": "Друга розмова"}))
    desk.turn()

    mailboxes = {Receipt.read(words).derive().mailbox for words in words_on(page)}
    assert page.status_code == 200
    assert set(Call.objects.values_list("pk", "paper_on")) == {(one, BEFORE) for one in mailboxes}
    assert Case.objects.count() == len(mailboxes) == 2


@pytest.mark.usefixtures("public_front")
def test_who_talked_days_ago_has_waited_since_that_day(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browse(officer).post(PAGE, posted(GOOD))
    desk.turn()

    case = Case.objects.get()
    assert case.waiting_since is not None
    assert localdate(case.waiting_since) == BEFORE
    assert case.filed_at == desk.now


@pytest.mark.usefixtures("public_front")
def test_nobody_waits_since_a_moment_that_has_not_come(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    browse(officer).post(PAGE, posted({**GOOD, "paper_on": localdate(TODAY).isoformat()}))
    desk.turn()

    assert Case.objects.get().waiting_since == desk.now


@pytest.mark.parametrize("bad", [{"consent": ""}, {"paper_on": "31.13"}, {"can_talk": ""}])
@pytest.mark.usefixtures("public_front")
def test_a_bad_form_stays_word_for_word_while_the_good_ones_are_sealed(
    bad: dict[str, str], desk: Desk, officer: Member, browse: Browse
) -> None:
    odd = {**GOOD, "text": "Лишається <тут>", "said": "так, прошу", **bad}
    page = browse(officer).post(PAGE, posted(odd, GOOD))
    desk.turn()

    shown = unescape(page.content.decode())
    assert page.status_code == 400
    assert all(said in shown for said in ("Лишається <тут>", "так, прошу", "не втрачено"))
    assert [one.text for one in Message.objects.filter(direction="report")] == ["Просили фото."]


def test_when_the_front_is_away_every_form_stays(officer: Member, browse: Browse) -> None:
    page = browse(officer).post(PAGE, posted(GOOD, {**GOOD, "text": "Друга"}))

    shown = page.content.decode()
    assert ("Просили фото." in shown, "Друга" in shown, words_on(page)) == (True, True, [])
    assert not Call.objects.exists()


@pytest.mark.usefixtures("public_front")
def test_a_page_sent_twice_makes_no_case_twice(desk: Desk, officer: Member, browse: Browse) -> None:
    browser, given = browse(officer), posted(GOOD)
    browser.post(PAGE, given)
    again = browser.post(PAGE, given)
    desk.turn()

    assert (words_on(again), Case.objects.count()) == ([], 1)


@pytest.mark.usefixtures("public_front")
def test_an_empty_form_among_them_is_passed_over(
    desk: Desk, officer: Member, browse: Browse
) -> None:
    page = browse(officer).post(PAGE, posted(GOOD, {"language": "uk"}))
    desk.turn()

    assert (page.status_code, Case.objects.count()) == (200, 1)


@pytest.mark.parametrize("only", [{"region": "UA-46"}, {"can_talk": "no"}, {"unread": "слово: х"}])
def test_a_form_with_anything_in_it_is_not_passed_over(
    only: dict[str, str], officer: Member, browse: Browse
) -> None:
    page = browse(officer).post(PAGE, posted(only))

    assert page.status_code == 400
    assert "form-0-once" in page.content.decode()


def test_a_row_fills_a_form_and_what_is_not_understood_stands_beside_it() -> None:
    first, second = rows_of(TABLE.format(day=f"{BEFORE:%d.%m.%Y}").encode())

    assert (first.fields["paper_on"], first.fields["region"]) == (BEFORE.isoformat(), "UA-46")
    assert (first.fields["consent"], first.fields["can_talk"], first.unread) == ("on", "yes", "")
    assert second.fields["text"] == 'Дзвонив "слідчий";\nдвічі'
    assert second.unread == "може говорити: може\nобласть: Атлантида\nпримітка: зелена папка"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_tables_as_spreadsheets_save_them_are_read(coding: str, mark: str) -> None:
    content = mark.join(["Слово", "Що сталося"]) + "\r\n" + mark.join(["верба", "Дзвонили"])

    (row,) = rows_of(content.encode(coding))
    assert row.fields == {"call_word": "верба", "text": "Дзвонили"}


def test_cells_beyond_the_columns_and_a_column_twice_are_kept() -> None:
    (row,) = rows_of("слово;слово\nверба;калина;клен".encode())

    assert (row.fields, row.unread) == ({"call_word": "верба"}, "слово: калина\n: клен")


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_empty_table_names_every_column(language: str) -> None:
    header = template(language)

    (row,) = rows_of(header + ";".join(["так"] * 13).encode())
    assert row.fields["text"] == "так"


@pytest.mark.parametrize("content", [b"", b"\n", "ім'я;телефон\nА;1".encode(), b"\x00\xff" * 40])
def test_another_table_is_refused(content: bytes) -> None:
    with pytest.raises(NoSuchTable):
        rows_of(content)


def test_more_than_can_be_read_out_in_one_go_is_refused_whole() -> None:
    with pytest.raises(TooManyForms):
        rows_of("слово\n".encode() + "верба\n".encode() * (MOST_FORMS + 1))


def test_a_table_is_shown_before_anything_is_sent(officer: Member, browse: Browse) -> None:
    table = SimpleUploadedFile("a.csv", TABLE.format(day=f"{BEFORE:%d.%m.%Y}").encode())

    page = browse(officer).post(PAGE, {"file": table})

    shown = unescape(page.content.decode())
    assert page.status_code == 200
    assert all(said in shown for said in ("Просили фото.", "Дзвонив", "Атлантида", "зелена папка"))
    assert not Call.objects.exists()


def test_a_file_that_is_no_table_is_refused_in_a_sentence(officer: Member, browse: Browse) -> None:
    page = browse(officer).post(PAGE, {"file": SimpleUploadedFile("a.csv", b"%PDF-1.4")})

    assert page.status_code == 400
    assert "Це не таблиця бланків" in page.content.decode()


@pytest.mark.parametrize("given", [{}, {"form-TOTAL_FORMS": "x"}, posted(*[GOOD] * 11)])
def test_odd_pages_send_nothing(given: dict[str, str], officer: Member, browse: Browse) -> None:
    assert browse(officer).post(PAGE, given).status_code == 400
    assert not Call.objects.exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TRACING, Role.ADMIN, Role.AUDITOR])
def test_who_takes_no_calls_enters_no_forms(
    role: Role, member: Callable[[Role], Member], browse: Browse
) -> None:
    browser = browse(member(role))

    answers = [
        browser.get(PAGE),
        browser.post(PAGE, posted(GOOD)),
        browser.get("/calls/papers-uk.csv"),
    ]
    assert {one.status_code for one in answers} == {403}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Київська", "UA-32"),
        ("Житомирська обл.", "UA-18"),
        ("Kyiv region", "UA-32"),
        ("Kyiv", "UA-30"),
        ("м. Київ", "UA-30"),
        ("Lviv", "UA-46"),
        ("UA-05", "UA-05"),
        ("область", ""),
    ],
)
def test_a_region_is_understood_as_people_write_it(cell: str, code: str) -> None:
    (row,) = rows_of(f"що сталося;область\nПросили фото;{cell}\n".encode())

    assert row.fields.get("region", "") == code
    assert bool(row.unread) != bool(code)
