import json
from pathlib import Path

import pytest

from oberih.cli.main import main

DEMAND = "Підпаліть машину біля військкомату, інакше чоловіка більше не побачите"


def written(folder: Path, text: str, *, name: str = "in.jsonl") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_json_lines_give_a_line_an_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "text": DEMAND},
        {"id": "b", "messages": [{"from": "me", "at": None, "text": DEMAND}]},
        {"id": "c", "answers": {"q-fire": True}},
    ]
    file = written(tmp_path, "\n".join(json.dumps(row) for row in rows))

    code = main(["check", file, "--format", "jsonl", "--json"])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert [(one["id"], one["band"]) for one in lines] == [
        ("a", "stop"),
        ("b", "none"),
        ("c", "stop"),
    ]


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_a_person_gets_sentences_in_each_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    code = main(["check", written(tmp_path, DEMAND, name="a.txt"), "--lang", language])

    assert code == 1
    assert "C1" in capsys.readouterr().out


def test_nothing_found_exits_zero(tmp_path: Path) -> None:
    assert main(["check", written(tmp_path, "Купи хліба", name="a.txt")]) == 0


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"text": 5}', '{"messages": [{"from": "x"}]}']
)
def test_bad_lines_exit_two_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    code = main(["check", written(tmp_path, content), "--json"])

    assert code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


LEFT_BY_THE_PAGE = "Ваша донька гарно співає в хорі. Було б шкода, якби вона не дійшла додому"


def test_the_second_reader_finds_what_the_page_leaves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, LEFT_BY_THE_PAGE, name="a.txt")

    main(["check", file, "--json", "--page"])
    main(["check", file, "--json"])

    alone, both = map(json.loads, capsys.readouterr().out.splitlines())
    assert (alone["band"], both["band"]) == ("none", "stop")


def test_a_very_long_chat_is_read_as_the_page_reads_it_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = [{"from": "them", "at": None, "text": LEFT_BY_THE_PAGE}] * 5_001
    file = written(tmp_path, json.dumps({"id": "long", "messages": turns}, ensure_ascii=False))
    main(["check", file, "--format", "jsonl", "--json"])

    printed = capsys.readouterr()
    main(["check", file, "--format", "jsonl", "--json", "--page"])
    assert printed.out == capsys.readouterr().out
    assert printed.err.startswith("oberih: long has 5,001 messages")
