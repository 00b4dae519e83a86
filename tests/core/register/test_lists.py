"""Lists as sources write them: columns guessed, rows read, formulas disarmed, issues compared."""

import pytest

from oberih.register.list_columns import Column, doubts, guess
from oberih.register.list_diff import difference
from oberih.register.list_rows import Fault, Remark, disarmed, match_of, read_row

WHOLE = (Column.SURNAME, Column.GIVEN, Column.PATRONYMIC, Column.BORN)
HEADINGS = ["Прізвище", "Ім’я", "По батькові", "Дата народження"]
OSTAP = ["Гнатюк", "Остап", "Богданович", "07.05.1990"]


def test_columns_are_guessed_by_their_headings_below_a_title() -> None:
    found = guess([["Список осіб", "", "", ""], HEADINGS, OSTAP])

    assert found.heading == 1
    assert found.columns == WHOLE


def test_columns_are_guessed_by_their_contents_without_headings() -> None:
    rows = [OSTAP, ["Вербицький", "Роман", "Петрович", "1991-02-03"]]

    assert guess(rows).heading == -1
    assert guess(rows).columns == WHOLE


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Фамилия", "Имя", "Отчество", "Дата рождения"], WHOLE),
        (["Surname", "Given name", "Patronymic", "Date of birth"], WHOLE),
        (
            ["№", "ПІБ", "Місце народження", "Військова частина"],
            (Column.NUMBER, Column.NAME, Column.BIRTHPLACE, Column.UNIT),
        ),
    ],
)
def test_headings_are_known_in_three_languages(
    headings: list[str], expected: tuple[Column, ...]
) -> None:
    assert guess([headings, ["", "", "", ""]]).columns == expected


def test_swapped_columns_are_doubted() -> None:
    swapped = (Column.GIVEN, Column.SURNAME, Column.PATRONYMIC, Column.BORN)

    assert doubts(swapped, body=[OSTAP]) == [Column.SURNAME]
    assert doubts(WHOLE, body=[OSTAP]) == []


@pytest.mark.parametrize("born", ["07.05.1990", "1990-05-07", "7 травня 1990", "7/5/90"])
def test_three_date_styles_in_one_column_are_one_day(born: str) -> None:
    assert read_row([*OSTAP[:3], born], columns=WHOLE).match == read_row(OSTAP, columns=WHOLE).match


def test_01_01_is_taken_as_a_year_and_remarked() -> None:
    row = read_row([*OSTAP[:3], "01.01.1990"], columns=WHOLE)

    assert row.fault is None
    assert row.remarks == (Remark.YEAR_ONLY,)


def test_latin_letters_in_a_cyrillic_name_match_and_are_remarked() -> None:
    row = read_row(["Гнaтюк", *OSTAP[1:]], columns=WHOLE)  # the a is Latin

    assert row.remarks == (Remark.MIXED,)
    assert row.match == read_row(OSTAP, columns=WHOLE).match


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["", "", "Богданович", ""], Fault.NO_NAME),
        ([*OSTAP[:3], "учора"], Fault.BAD_DATE),
        (["=cmd|' /C calc'!A0", "Остап"], Fault.FORMULA),
        (["@SUM(A1)", "Остап"], Fault.FORMULA),
        (["Г" * 130, "Остап"], Fault.TOO_LONG),
    ],
)
def test_a_wrong_row_says_what_is_wrong(cells: list[str], fault: Fault) -> None:
    assert read_row(cells, columns=WHOLE).fault is fault


@pytest.mark.parametrize("cell", ["=1+1", "+380", "-2", "@x", "|x", "\tx"])
def test_no_spreadsheet_runs_what_goes_out_and_it_comes_back_as_it_was(cell: str) -> None:
    sent = disarmed(cell)

    assert sent.startswith("'")
    assert read_row([sent], columns=[Column.UNIT]).fields == {"unit": cell.strip()}


def test_a_dash_is_an_empty_cell() -> None:
    assert read_row([*OSTAP[:3], "-"], columns=WHOLE).fault is None


def test_a_row_is_found_again_by_the_source_s_own_number() -> None:
    assert match_of({"number": "7", "surname": "Гнатюк"}) == match_of(
        {"number": "7", "surname": "Гнатюг"}
    )


def test_issues_are_compared() -> None:
    before = {"a": {"place": "1"}, "b": {"place": "1"}, "c": {}}

    found = difference(before, now={"a": {"place": "2"}, "c": {}, "d": {}})

    assert (found.appeared, found.vanished, found.changed, found.same) == (
        ("d",),
        ("b",),
        ("a",),
        1,
    )
    assert not found.is_suspicious


def test_a_list_that_drops_half_its_rows_is_suspicious() -> None:
    assert difference({"a": {}, "b": {}}, now={"a": {}}).is_suspicious
    assert not difference({}, now={"a": {}}).is_suspicious
