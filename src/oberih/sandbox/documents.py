"""Pages of documents, drawn as pictures: no script, link, form or font of theirs comes along."""

import io

import pypdfium2
from PIL import Image

from oberih.sandbox.images import LONGEST_SIDE, Drawn, drawn_of
from oberih.sandbox.refusals import NotShown, TooLarge

MOST_PAGES = 200
LARGEST_SCALE = 4.0
FEWEST_POINTS = 1.0


def draw_page(content: bytes, *, number: int) -> tuple[Drawn, int]:
    """Return a page, at most 1600 pixels long, and how many there are; raises NotShown, TooLarge.

    What a page costs is bounded by the child's time and memory, whatever the page asks for.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise NotShown from error
    pages = len(document)
    if pages > MOST_PAGES:
        raise TooLarge
    if number >= pages:
        raise NotShown
    return drawn_of(_drawn(document, number=number)), pages


def prepare() -> None:
    """Draw a page now: later, no file can be opened."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    buffer = io.BytesIO()
    document.save(buffer)
    draw_page(buffer.getvalue(), number=0)


def _drawn(document: pypdfium2.PdfDocument, *, number: int) -> Image.Image:
    try:
        page = document[number]
        longest = max(*page.get_size(), FEWEST_POINTS)
        scale = min(LARGEST_SCALE, LONGEST_SIDE / longest)
        drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        raise NotShown from error
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return drawn.convert("RGB")
