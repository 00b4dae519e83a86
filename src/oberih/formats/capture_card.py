"""The capture card as a blank form on A5, after Annex IV B of the Third Geneva Convention.

The rows follow the model card; its wording is to be compared with the printed Annex before a
bureau uses it. Nothing is fetched. Made in the worker, never in a request.
"""

from dataclasses import dataclass
from html import escape

from oberih.formats.printing import pdf_of

STYLE = """
@page { size: A5 landscape; margin: 11mm }
body { font: 10.5pt/1.35 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111 }
h1 { font-size: 14pt; margin: 0 0 3mm }
p { margin: 0 0 3mm }
table { width: 100%; border-collapse: collapse }
td { border-bottom: .3mm solid #555; padding: 1mm 1mm 5mm; width: 50%; vertical-align: top }
.small { font-size: 8pt; margin: 2mm 0 0 }
"""


@dataclass(frozen=True, slots=True)
class BlankCard:
    """The words of a card in one language; `mark` names the form and its version."""

    language: str
    title: str
    why: str
    rows: tuple[str, ...]
    rule: str
    mark: str


def build(card: BlankCard) -> bytes:
    """Return the PDF."""
    return pdf_of(page(card))


def page(card: BlankCard) -> str:
    """Return the page as HTML: two rows to a line."""
    cells = [f"<td>{number}. {escape(row)}:</td>" for number, row in enumerate(card.rows, 1)]
    lines = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    return (
        f'<!doctype html><html lang="{card.language}"><head><meta charset="utf-8">'
        f"<title>{escape(card.title)}</title><style>{STYLE}</style></head><body>"
        f"<h1>{escape(card.title)}</h1><p>{escape(card.why)}</p><table>{lines}</table>"
        f'<p class="small">{escape(card.rule)} · {escape(card.mark)}</p></body></html>'
    )
