"""A shift's hand-over on paper: what waits on whom, without a word of any family.

Run as a program it reads the page as JSON and writes the PDF, so that drawing takes neither time
nor memory of the process that answers pages. Nothing is fetched.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape

from oberih.formats.printing import pdf_of

STYLE = """
@page { size: A4; margin: 16mm; @bottom-right { content: counter(page) '/' counter(pages) } }
body { font: 10.5pt/1.4 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111 }
h1 { font-size: 17pt; margin: 0 0 2mm }
h2 { font-size: 12pt; margin: 6mm 0 1mm; break-after: avoid }
table { width: 100%; border-collapse: collapse }
td { padding: 1mm 2mm; border-bottom: .2mm solid #bbb; vertical-align: baseline }
td:first-child { font-weight: bold; white-space: nowrap }
td:last-child { text-align: right; white-space: nowrap }
code { font-family: 'DejaVu Sans Mono', monospace }
.mark { border: 1mm dashed #111; padding: 2mm; text-align: center; font-weight: bold }
.note { color: #444 }
.signed { display: flex; gap: 10mm; margin-top: 12mm }
.signed p { flex: 1; border-top: .3mm solid #111; padding-top: 1mm }
"""


@dataclass(frozen=True, slots=True)
class Section:
    """What waits on one person: a heading and lines of urgency, case, reason and time."""

    heading: str
    lines: tuple[tuple[str, str, str, str], ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The whole page in the reader's language; `mark` stands above it in training."""

    language: str
    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    signed: tuple[str, ...]
    mark: str = ""


def as_json(page: HandOver) -> bytes:
    """Return what the program reads."""
    return json.dumps(asdict(page), ensure_ascii=False).encode()


def main() -> int:
    """Read a page from standard input and write its PDF to standard output."""
    given = json.loads(sys.stdin.buffer.read())
    sections = tuple(Section(**one) for one in given.pop("sections"))
    page = HandOver(**given, sections=sections)
    sys.stdout.buffer.write(pdf_of(html(page)))
    return 0


def html(page: HandOver) -> str:
    """Return the page as HTML."""
    return "".join(_parts(page))


def _parts(page: HandOver) -> Iterator[str]:
    yield f'<!doctype html><html lang="{escape(page.language)}"><head><meta charset="utf-8">'
    yield f"<title>{escape(page.title)}</title><style>{STYLE}</style></head><body>"
    if page.mark:
        yield f'<p class="mark">{escape(page.mark)}</p>'
    yield f"<h1>{escape(page.title)}</h1>"
    yield from (f'<p class="note">{escape(note)}</p>' for note in page.notes)
    for section in page.sections:
        yield f"<h2>{escape(section.heading)}</h2><table>"
        yield from (_row(*line) for line in section.lines)
        yield f'</table><p class="note">{escape(section.more)}</p>'
    yield '<div class="signed">'
    yield from (f"<p>{escape(one)}</p>" for one in page.signed)
    yield "</div></body></html>"


def _row(urgency: str, case: str, reason: str, time: str) -> str:
    cells = (escape(urgency), f"<code>{escape(case)}</code>", escape(reason), escape(time))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


if __name__ == "__main__":
    sys.exit(main())
