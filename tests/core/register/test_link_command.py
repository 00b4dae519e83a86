import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oberih.cli.main import main

HEAD = "id,surname,given,patronymic,dob,birthplace,unit"
PEOPLE = (
    "1,Шевченко,Тарас,Григорович,1985-05-07,Київ,93 ОМБр",
    "2,Ковальов,Микола,Іванович,1990-11-23,Суми,",
    "3,Хмельницький,Євген,,12.03.1979,,36 ОБрМП",
)
OTHERS = (
    "x,Schewtschenko,Taras,,07.05.1985,Kiev,",
    "y,Ковалёв,Николай,Иванович,23/11/1990,,",
    "z,Мороз,Петро,Олегович,1988-01-14,,",
    "w,Khmelnytskyi,Yevhen,Petrovych,1979-12-03,,36th brigade",
)


def written(path: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join((head, *lines)) + "\n", encoding=encoding)
    return path


def link(folder: Path, *more: str) -> int:
    files = [str(folder / name) for name in ("a.csv", "b.csv")]
    return main(["register", "link", *files, "-o", str(folder / "links.csv"), *more])


def links(folder: Path) -> list[dict[str, str]]:
    with (folder / "links.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def pairs(folder: Path) -> set[tuple[str, str]]:
    return {(one["id_a"], one["id_b"]) for one in links(folder)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path / "a.csv", *PEOPLE)
    written(tmp_path / "b.csv", *OTHERS)
    return tmp_path


def test_the_same_people_are_proposed_across_scripts(folder: Path) -> None:
    assert link(folder) == 0
    assert pairs(folder) == {("1", "x"), ("2", "y"), ("3", "w")}


def test_each_link_tells_what_each_field_adds(folder: Path) -> None:
    link(folder)

    first = next(one for one in links(folder) if one["id_a"] == "1")
    assert float(first["probability"]) > 0.5
    assert float(first["weight_surname"]) > 0
    assert float(first["weight_dob"]) > 5
    assert float(first["weight_unit"]) == 0


def test_threshold_nought_writes_every_candidate(folder: Path) -> None:
    written(folder / "b.csv", *OTHERS, "v,Шевченко,Тарас,Петрович,1962-02-02,,")
    link(folder, "--threshold", "0")

    assert pairs(folder) >= {("1", "x"), ("2", "y"), ("3", "w"), ("1", "v")}


def test_equally_good_candidates_get_no_link_and_are_shown_as_a_tie(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder / "b.csv", OTHERS[0], OTHERS[0].replace("x", "x2"))
    link(folder, "--json")
    told = json.loads(capsys.readouterr().out)
    proposed = pairs(folder)
    link(folder, "--threshold", "0.1")

    assert proposed == set()
    assert told["tied"] == 1
    assert [one["tie"] for one in links(folder)] == ["yes", "yes"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8-u"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_usual_encoding_and_mark_is_read(folder: Path, encoding: str, mark: str) -> None:
    lines = [one.replace(",", mark) for one in PEOPLE]
    written(folder / "a.csv", *lines, head=HEAD.replace(",", mark), encoding=encoding)
    link(folder)

    assert ("1", "x") in pairs(folder)


def test_a_polish_list_of_one_byte_a_letter_is_read(folder: Path) -> None:
    written(folder / "b.csv", "x,Wełyczko,Jewhen,,07.05.1985,,", encoding="cp1250")
    written(folder / "a.csv", "1,Величко,Євген,,1985-05-07,,")
    link(folder)

    assert pairs(folder) == {("1", "x")}


@pytest.mark.parametrize("filler", ["невідомо", "н/д", "-", "NULL", "nan", "Unknown"])
def test_two_cells_that_say_unknown_agree_in_nothing(folder: Path, filler: str) -> None:
    for name, given in (("a", "Тарас"), ("b", "Taras")):
        row = f"{name},Шевченко,{given},{filler},{filler},{filler},{filler}"
        written(folder / f"{name}.csv", row)
    link(folder)
    told = links(folder)[0]

    names = ("patronymic", "dob", "birthplace", "unit")
    assert [float(told[f"weight_{one}"]) for one in names] == [0, 0, 0, 0]


def test_a_first_line_may_name_the_mark(folder: Path) -> None:
    lines = [one.replace(",", "|") for one in (HEAD, *PEOPLE)]
    written(folder / "a.csv", *lines, head="sep=|")
    link(folder)

    assert ("1", "x") in pairs(folder)


def test_columns_may_stand_in_any_order_be_missing_or_too_many(folder: Path) -> None:
    written(folder / "a.csv", "Тарас,so,1985-05-07,1,Шевченко", head="given,note,dob,id,surname")
    link(folder)

    assert pairs(folder) == {("1", "x")}


def test_a_cell_that_a_spreadsheet_would_run_is_written_quoted_and_read_as_it_was(
    folder: Path,
) -> None:
    written(folder / "a.csv", PEOPLE[0].replace("1,", "=cmd|' /C calc'!A0,", 1))
    link(folder)
    cell = links(folder)[0]["id_a"]
    written(folder / "a.csv", PEOPLE[0].replace("1,", f'"{cell}",', 1))
    link(folder)

    assert cell == "'=cmd|' /C calc'!A0"
    assert links(folder)[0]["id_a"] == cell


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((PEOPLE[0], PEOPLE[0]), "line 3: the id was there before, in line 2"),
        ((",Мороз,Іван,,,,",), "line 2: the id is empty"),
        (("1,Мороз,Іван,,,,", f"2,{'а' * 5000},,,,,"), "line 3: a cell has more than"),
        ((), "has no rows"),
        (("1,Мороз,Іван,,,Суми, Сумська обл.,36",), "line 2: it has 8 cells, but the first line"),
        (('1,"Мороз,Іван,,,,', "2,Коваль,Петро,,,,"), "a quotation mark that is not closed"),
    ],
)
def test_a_bad_row_is_named_in_one_sentence_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...], why: str
) -> None:
    written(folder / "a.csv", *lines)
    code = link(folder)

    error = capsys.readouterr().err
    assert code == 2
    assert why in error
    assert error.count("\n") == 1
    assert not (folder / "links.csv").exists()


@pytest.mark.parametrize("head", ["name,surname", "", "id,x", "id,surname,surname"])
def test_a_file_without_the_columns_is_bad_input(folder: Path, head: str) -> None:
    written(folder / "a.csv", *PEOPLE, head=head)

    assert link(folder) == 2


def test_a_missing_file_and_a_bad_threshold_are_bad_input(folder: Path) -> None:
    assert link(folder, "--threshold", "2") == 2
    assert main(["register", "link", "no.csv", "no.csv", "-o", "links.csv"]) == 2


def test_a_workbook_is_named_as_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.csv").write_bytes(b"PK\x03\x04" + bytes(100))

    assert link(folder) == 2
    assert "a.csv is a workbook, not CSV" in capsys.readouterr().err


def test_a_list_is_never_overwritten_by_its_links(folder: Path) -> None:
    a, b = folder / "a.csv", folder / "b.csv"
    before = a.read_bytes()

    assert main(["register", "link", str(a), str(b), "-o", str(a)]) == 2
    assert a.read_bytes() == before


def test_a_place_that_cannot_be_written_could_not(folder: Path) -> None:
    files = [str(folder / name) for name in ("a.csv", "b.csv")]

    assert main(["register", "link", *files, "-o", str(folder / "no" / "links.csv")]) == 3


def test_swapped_columns_are_turned_back_with_a_word_about_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stems = ("Бондаренко", "Кравчук", "Лисенко", "Мельник", "Олійник")
    rows = [f"{n},{name},Тарас,,{1960 + n}-04-17,," for n, name in enumerate(stems * 5)]
    written(folder / "a.csv", *rows)
    written(folder / "b.csv", *rows, head=HEAD.replace("surname,given", "given,surname"))
    link(folder)

    assert "b.csv: the columns surname and given seem to be swapped" in capsys.readouterr().err
    assert pairs(folder) == {(str(n), str(n)) for n in range(25)}


def test_json_lines_have_the_same_names_as_the_columns(folder: Path) -> None:
    files = [str(folder / name) for name in ("a.csv", "b.csv")]
    main(["register", "link", *files, "-o", str(folder / "links.jsonl")])

    told = [json.loads(line) for line in (folder / "links.jsonl").read_text().splitlines()]
    assert {(one["id_a"], one["id_b"]) for one in told} == {("1", "x"), ("2", "y"), ("3", "w")}
    assert all(one["tie"] is False for one in told)


def test_interrupted_it_leaves_no_half_file(folder: Path) -> None:
    (folder / "links.csv").write_text("older\n")
    (folder / "a.csv").unlink()
    os.mkfifo(folder / "a.csv")
    command = [sys.executable, "-m", "oberih.cli", "register", "link", "a.csv", "b.csv"]
    with (
        subprocess.Popen([*command, "-o", "links.csv"], cwd=folder) as running,  # noqa: S603  # our own
        (folder / "a.csv").open("wb", buffering=0),  # waits for the reader
    ):
        running.send_signal(signal.SIGINT)
        code = running.wait(60)

    assert code == 130
    assert (folder / "links.csv").read_text() == "older\n"
