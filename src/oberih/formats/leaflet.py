"""A printed leaflet: one alert in one language on a page of A5, with a QR code to check it by.

Nothing is fetched: text, own style and a drawn code. Made in the worker, never in a request.
"""

from dataclasses import dataclass
from datetime import date
from html import escape

import qrcode
from qrcode.image.svg import SvgPathImage

from oberih.formats.printing import pdf_of

STYLE = """
@page { size: A5; margin: 14mm }
body { font: 13pt/1.45 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111 }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 6mm }
p { white-space: pre-line; margin: 0 0 5mm }
.advice { font-weight: bold; border-left: 2mm solid #111; padding-left: 4mm }
.exercise { border: 1mm dashed #111; padding: 2mm; text-align: center; font-weight: bold }
.check { position: absolute; bottom: 0; display: flex; font-size: 10pt }
.check svg { width: 28mm; height: 28mm; margin-right: 5mm }
"""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What is printed; `mark` stands above it for an exercise."""

    language: str
    headline: str
    text: str
    advice: str
    check: str
    address: str
    day: date
    mark: str = ""


def build(leaflet: Leaflet) -> bytes:
    """Return the PDF."""
    return pdf_of(page(leaflet))


def page(leaflet: Leaflet) -> str:
    """Return the page as HTML."""
    mark = f'<p class="exercise">{escape(leaflet.mark)}</p>' if leaflet.mark else ""
    advice = f'<p class="advice">{escape(leaflet.advice)}</p>' if leaflet.advice else ""
    return (
        f'<!doctype html><html lang="{leaflet.language}"><head><meta charset="utf-8">'
        f"<title>{escape(leaflet.headline)}</title><style>{STYLE}</style></head><body>{mark}"
        f"<h1>{escape(leaflet.headline)}</h1><p>{escape(leaflet.text)}</p>{advice}"
        f'<div class="check">{_code(leaflet.address)}<div>{escape(leaflet.check)}<br>'
        f"{escape(leaflet.address)}<br>{leaflet.day:%d.%m.%Y}</div></div></body></html>"
    )


def _code(address: str) -> str:
    drawn = qrcode.make(address, image_factory=SvgPathImage, border=0)
    return str(drawn.to_string(encoding="unicode"))
