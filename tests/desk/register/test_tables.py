"""Tables of strangers, read in the sandbox's own process: CSV, XLSX, ODS, and what is hostile."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator

import pytest
from running_ring import wait_for

from oberih.core.errors import OberihError
from oberih.sandbox import tables
from oberih.sandbox.client import Sandbox
from oberih.sandbox.refusals import NotATable, TooLarge

SERVE = (
    "import sys; from pathlib import Path; from oberih.sandbox.serve import serve; "
    "sys.exit(serve(at=Path(sys.argv[1])))"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{}" Target="{}"/></Relationships>'
)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    at = tmp_path_factory.mktemp("run") / "sandbox.sock"
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(at)])  # noqa: S603  # our own fixed command
    wait_for(at.exists)
    yield Sandbox(at)
    process.terminate()
    assert process.wait(timeout=10) == 0


def archive(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return buffer.getvalue()


def xlsx(rows: str, *, merged: str = "") -> bytes:
    sheets = '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{RELATION}">{sheets}</workbook>'
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData>{merged}</worksheet>'
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS.format(f"{RELATION}/officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                f"{RELATION}/worksheet", "worksheets/sheet1.xml"
            ),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods(cells: list[str]) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    row = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
        for one in cells
    )
    spaces = " ".join(f'xmlns:{one}="{names}:{one}:1.0"' for one in ("office", "table", "text"))
    sheet = f'<table:table table:name="a"><table:table-row>{row}</table:table-row></table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    manifest = f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_any_encoding(sandbox: Sandbox, encoding: str, delimiter: str) -> None:
    text = f"Гнатюк{delimiter}Остап\nВербицький{delimiter}Роман\n"

    assert sandbox.read_table(text.encode(encoding)) == [
        ["Гнатюк", "Остап"],
        ["Вербицький", "Роман"],
    ]


def test_a_spreadsheet_is_read(sandbox: Sandbox) -> None:
    content = xlsx(f'<row r="1">{cell("A1", "Гнатюк")}{cell("B1", "Остап")}</row>')

    assert sandbox.read_table(content) == [["Гнатюк", "Остап"]]


def test_an_open_document_is_read(sandbox: Sandbox) -> None:
    assert sandbox.read_table(ods(["Гнатюк", "Остап"])) == [["Гнатюк", "Остап"]]


def test_merged_cells_all_show_what_was_merged(sandbox: Sandbox) -> None:
    first = f'<row r="1">{cell("A1", "93 ОМБр")}{cell("B1", "Гнатюк")}</row>'
    rows = f'{first}<row r="2">{cell("B2", "Лісовий")}</row>'
    content = xlsx(rows, merged='<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>')

    assert sandbox.read_table(content) == [["93 ОМБр", "Гнатюк"], ["93 ОМБр", "Лісовий"]]


def test_a_formula_is_never_computed(sandbox: Sandbox) -> None:
    content = xlsx('<row r="1"><c r="A1"><f>1+1</f><v>7</v></c></row>')

    assert sandbox.read_table(content) == [["7"]]


@pytest.mark.parametrize("content", [b"\0\1\2\3" * 50, b"PK\3\4broken", b"\n\n\n"])
def test_what_is_no_table_is_refused(sandbox: Sandbox, content: bytes) -> None:
    with pytest.raises(NotATable):
        sandbox.read_table(content)


def test_a_file_of_a_million_rows_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(TooLarge):
        sandbox.read_table(b"a,b\n" * 1_000_000)


def test_a_bomb_of_an_archive_is_refused(sandbox: Sandbox) -> None:
    bomb = archive({"xl/workbook.xml": " " * 600_000_000})

    with pytest.raises(OberihError):
        sandbox.read_table(bomb)


def test_signs_that_turn_text_round_do_not_break_reading() -> None:
    assert tables.read_rows("Гна\u202eтюк,Остап\0\n".encode()) == [["Гна\u202eтюк", "Остап"]]
