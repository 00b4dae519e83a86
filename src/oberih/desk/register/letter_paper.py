"""Letters to the bureaux on paper: the worker draws them, the page hands them out."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.leaflets import can_draw
from oberih.desk.register import words
from oberih.register.deadlines import Rule, rules
from oberih.register.models import Letter
from oberih.register.refusals import NoSuchLetter
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require
from oberih.system.private_files import write_whole

if TYPE_CHECKING:
    from oberih.formats.letter import PrintedLetter

MOST_A_TURN = 2
NEWEST = 50

SUBJECT = gettext_noop("Request for information: %(what)s")
ASK = gettext_noop(
    "Please tell us what is known of the people in the attached list, and pass the request on "
    "where that is yours to do."
)
BY_ARTICLE = gettext_noop("We ask under the %(article)s:")
BY_POLICY = gettext_noop(
    "No article names a number of days here; the day of asking is our own policy. "
    "The duty to forward information is that of article 122 of the Geneva Convention III."
)
FIELDS = gettext_noop(
    "The list is sealed to your key and holds surname, first names, rank, date of birth and "
    "service number alone (Geneva Convention III, art. 17). Please pass on no more than these."
)
NO_PROOF = gettext_noop("That nothing is known here is no proof of a breach.")
SEALED = gettext_noop("Attached file %(name)s, SHA-256 %(digest)s")


def draw_letters(*, now: datetime) -> int:
    """Draw letters that are missing, a few a turn; return how many."""
    del now
    if not can_draw():
        return 0
    numbers = Letter.objects.order_by("-pk").values_list("pk", flat=True)[:NEWEST]
    missing = [one for one in numbers if not _place(one).exists()][:MOST_A_TURN]
    for number in missing:
        _draw(Letter.objects.select_related("source").get(pk=number))
    return len(missing)


def forget_drawn(letters: Iterable[int]) -> None:
    """Remove drawn papers whose list has changed; the worker draws them anew."""
    for one in letters:
        _place(one).unlink(missing_ok=True)


def is_drawn(letter: int) -> bool:
    """Tell whether a letter can be handed out."""
    return _place(letter).exists()


def take_out(letter: int, *, by: Member) -> bytes:
    """Return a drawn letter and leave its act; raises NoSuchLetter."""
    require(by, Permission.REGISTER_CHANGE)
    if not _place(letter).exists():
        raise NoSuchLetter
    with transaction.atomic():
        record(Act.LETTER_TAKEN, actor=by.member_id, subject=f"letter {letter}", detail={})
    return _place(letter).read_bytes()


def paper(row: Letter) -> "PrintedLetter":
    """Return what is printed, in the letter's language."""
    from oberih.formats.letter import PrintedLetter  # noqa: PLC0415  # the worker alone needs it

    rule = next(one for one in rules() if one.name == row.rule)
    with translation.override(row.language):
        return PrintedLetter(
            language=row.language,
            sender=settings.OPERATOR,
            addressee=row.source.name,
            day=localdate(row.made_at),
            subject=_(SUBJECT) % {"what": words.RULES[rule.name]},
            paragraphs=_paragraphs(row, rule=rule),
            quote=rule.text,
            small=_(SEALED) % {"name": _name(row), "digest": row.digest},
        )


def _draw(row: Letter) -> None:
    from oberih.formats.letter import build  # noqa: PLC0415  # the worker alone needs it

    content = build(paper(row), name=_name(row), sealed=bytes(row.sealed))
    write_whole(_place(row.pk), content=content)


def _name(row: Letter) -> str:
    return f"list-{row.pk}.csv.age"


def _paragraphs(row: Letter, *, rule: Rule) -> tuple[str, ...]:
    lines = row.lines.count()
    count = ngettext("The list names %(n)s person.", "The list names %(n)s people.", lines)
    article = words.ARTICLES.get(rule.article)
    why = _(BY_POLICY) if rule.is_policy else _(BY_ARTICLE) % {"article": article}
    return (_(ASK), count % {"n": lines}, _(FIELDS), _(NO_PROOF), why)


def _place(letter: int) -> Path:
    folder: Path = settings.DESK / "letters"
    return folder / f"{letter}.pdf"
