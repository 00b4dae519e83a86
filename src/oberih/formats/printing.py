"""Draws a page of our own as PDF; nothing is fetched while it does."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from oberih.core.errors import Refused

if TYPE_CHECKING:
    from weasyprint import Attachment


class Fetched(Refused):
    """A printed page fetches nothing."""


def pdf_of(page: str, *, attached: Sequence["Attachment"] = ()) -> bytes:
    """Return a page of HTML as PDF, with files attached inside; raises Fetched."""
    from weasyprint import HTML  # noqa: PLC0415  # whoever only makes a page needs no printer

    drawn = HTML(string=page, url_fetcher=_refuse).write_pdf(attachments=list(attached))
    return bytes(drawn or b"")


def _refuse(_address: str, **_named: object) -> dict[str, object]:
    raise Fetched
