"""Blank forms for an office without power: the card and consent, then what happened.

Run as a program it reads the form as JSON and writes the PDF. Nothing is fetched, and nothing on
it is of any family.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape

from oberih.formats.printing import pdf_of

STYLE = """
@page { size: A4; margin: 16mm; @bottom-right { content: counter(page) '/' counter(pages) } }
body { font: 11pt/1.4 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111 }
h1 { font-size: 17pt; margin: 0 0 3mm; break-before: page }
h1:first-of-type { break-before: auto }
.asked { font-weight: bold; margin: 4mm 0 0 }
.line { border-bottom: .2mm solid #777; height: 8mm }
.aloud { border-left: 1.5mm solid #111; padding-left: 4mm; margin: 4mm 0 }
.destroy { border: .6mm solid #111; padding: 2mm 3mm; font-weight: bold }
.mark { border: 1mm dashed #111; padding: 2mm; text-align: center; font-weight: bold }
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what is read aloud, and questions with the number of lines for the answer."""

    title: str
    aloud: str
    questions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """All sheets of one language; how to destroy them stands on each."""

    language: str
    destroy: str
    sheets: tuple[Sheet, ...]
    mark: str = ""


def as_json(form: Intake) -> bytes:
    """Return what the program reads."""
    return json.dumps(asdict(form), ensure_ascii=False).encode()


def main() -> int:
    """Read a form from standard input and write its PDF to standard output."""
    given = json.loads(sys.stdin.buffer.read())
    sheets = tuple(Sheet(**one) for one in given.pop("sheets"))
    sys.stdout.buffer.write(pdf_of(html(Intake(**given, sheets=sheets))))
    return 0


def html(form: Intake) -> str:
    """Return the form as HTML."""
    return "".join(_parts(form))


def _parts(form: Intake) -> Iterator[str]:
    yield f'<!doctype html><html lang="{escape(form.language)}"><head><meta charset="utf-8">'
    yield f"<title>{escape(form.sheets[0].title)}</title><style>{STYLE}</style></head><body>"
    for sheet in form.sheets:
        yield f"<h1>{escape(sheet.title)}</h1>"
        if form.mark:
            yield f'<p class="mark">{escape(form.mark)}</p>'
        yield f'<p class="destroy">{escape(form.destroy)}</p>'
        if sheet.aloud:
            yield f'<p class="aloud">{escape(sheet.aloud)}</p>'
        yield from (_question(*one) for one in sheet.questions)
    yield "</body></html>"


def _question(asked: str, lines: int) -> str:
    return f'<p class="asked">{escape(asked)}</p>' + '<div class="line"></div>' * lines


if __name__ == "__main__":
    sys.exit(main())
