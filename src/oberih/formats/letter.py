"""A printed letter: plain paragraphs on A4, with one sealed file attached inside the PDF.

Nothing is fetched: text and own style. Made in the worker, never in a request. The letter names
nobody: whom it is about stands in the sealed attachment alone.
"""

from dataclasses import dataclass
from datetime import date
from html import escape

from weasyprint import Attachment

from oberih.formats.printing import pdf_of

STYLE = """
@page { size: A4; margin: 24mm 22mm }
body { font: 11.5pt/1.5 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111 }
h1 { font-size: 15pt; line-height: 1.25; margin: 10mm 0 6mm }
p { white-space: pre-line; margin: 0 0 4mm }
.small { font-size: 9pt; overflow-wrap: anywhere }
blockquote { margin: 0 0 4mm; padding-left: 4mm; border-left: .5mm solid #555 }
"""


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """What is printed; `quote` is an article's text in English, empty for a policy."""

    language: str
    sender: str
    addressee: str
    day: date
    subject: str
    paragraphs: tuple[str, ...]
    quote: str
    small: str


def build(letter: PrintedLetter, *, name: str, sealed: bytes) -> bytes:
    """Return the PDF with the sealed list attached under a file name."""
    attached = [Attachment(string=sealed, name=name, description="age")]
    return pdf_of(page(letter), attached=attached)


def page(letter: PrintedLetter) -> str:
    """Return the page as HTML."""
    quote = f'<blockquote lang="en">{escape(letter.quote)}</blockquote>' if letter.quote else ""
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in letter.paragraphs)
    return (
        f'<!doctype html><html lang="{letter.language}"><head><meta charset="utf-8">'
        f"<title>{escape(letter.subject)}</title><style>{STYLE}</style></head><body>"
        f"<p>{escape(letter.sender)}<br>{letter.day:%d.%m.%Y}</p><p>{escape(letter.addressee)}</p>"
        f"<h1>{escape(letter.subject)}</h1>{paragraphs}{quote}"
        f'<p class="small">{escape(letter.small)}</p></body></html>'
    )
