"""Blank capture cards on paper: the worker draws one a language, the page hands them out."""

from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from oberih.desk.leaflets import can_draw
from oberih.register.cards import VERSION
from oberih.register.refusals import NoSuchLetter
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require
from oberih.system.private_files import write_whole

LANGUAGES = ("uk", "en")
TITLE = gettext_noop("Capture card for a prisoner of war")
WHY = gettext_noop(
    "This card is free of postage. It tells the Central Agency and the family that the prisoner "
    "is in captivity. It is filled in by the prisoner at once, and again at each change of address."
)
ROWS = (
    gettext_noop("Power on which the prisoner depends"),
    gettext_noop("Surname"),
    gettext_noop("First names in full"),
    gettext_noop("First name of the father"),
    gettext_noop("Date of birth"),
    gettext_noop("Place of birth"),
    gettext_noop("Rank"),
    gettext_noop("Service number"),
    gettext_noop("Address of the next of kin"),
    gettext_noop("Taken prisoner on, or coming from"),
    gettext_noop("Health: good, sick, wounded"),
    gettext_noop("Present address: number and camp"),
    gettext_noop("Date"),
    gettext_noop("Signature"),
)
RULE = gettext_noop(
    "After the Geneva Convention III, art. 70 and Annex IV B. Add nothing about units or others."
)


def draw_cards() -> int:
    """Draw the blank cards that are missing; return how many."""
    if not can_draw():
        return 0
    missing = [one for one in LANGUAGES if not _place(one).exists()]
    for language in missing:
        _draw(language)
    return len(missing)


def blank_card(language: str, *, by: Member) -> bytes:
    """Return a blank card; raises NoSuchLetter until it is drawn."""
    require(by, Permission.REGISTER_SEE)
    if language not in LANGUAGES or not _place(language).exists():
        raise NoSuchLetter
    return _place(language).read_bytes()


def _draw(language: str) -> None:
    from oberih.formats.capture_card import BlankCard, build  # noqa: PLC0415  # the worker alone needs it

    with translation.override(language):
        rows = tuple(_(one) for one in ROWS)
        card = BlankCard(language, _(TITLE), _(WHY), rows, _(RULE), VERSION)
    write_whole(_place(language), content=build(card))


def _place(language: str) -> Path:
    folder: Path = settings.DESK / "cards"
    return folder / f"{VERSION}-{language}.pdf"
