"""The shift on paper, for whoever comes next: case numbers and reasons, no words of a family."""

import os
import subprocess
import sys
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import CouldNot
from oberih.desk.leaflets import can_draw
from oberih.desk.rows import QueueRow
from oberih.desk.shift import Share, ShiftPage, shift_page
from oberih.formats.handover import HandOver, Section, as_json
from oberih.staff.models import Member

LONGEST_SECONDS = 30
PRINTER = (sys.executable, "-m", "oberih.formats.handover")


class CannotPrint(CouldNot):
    """This machine has nothing to draw paper with: print the page from the browser."""


def hand_over(*, by: Member, now: datetime) -> bytes:
    """Return the shift as a PDF; the audit keeps who took it. Raises CannotPrint."""
    page = on_paper(shift_page(by=by, now=now), by=by)
    if not can_draw():
        raise CannotPrint
    with transaction.atomic():
        record(Act.SHIFT_PRINTED, actor=by.member_id, subject=f"member {by.id}", detail={})
    return _drawn(as_json(page))


def _drawn(page: bytes) -> bytes:
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    try:
        drawn = subprocess.run(  # noqa: S603  # our own program
            PRINTER, input=page, env=known, capture_output=True, timeout=LONGEST_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise CannotPrint from error
    return drawn.stdout


def on_paper(page: ShiftPage, *, by: Member) -> HandOver:
    """Return what stands on the paper."""
    totals = {"n": page.total, "late": page.overdue}
    notes = [_("Waiting for an answer: %(n)d, overdue: %(late)d") % totals]
    if page.first_answer:
        told = _("half of the first answers came within %(span)s")
        notes.append(told % {"span": page.first_answer})
    notes.append(_("Numbers of cases only. Destroy the paper after the shift."))
    at = date_format(localtime(page.at), "SHORT_DATETIME_FORMAT")
    return HandOver(
        language=get_language() or "uk",
        title=f"{_('Hand-over of the shift')} · {at}",
        notes=tuple(notes),
        sections=tuple(_section(share) for share in page.shares),
        signed=(f"{_('Handed over')}: {by.name}", f"{_('Taken over')}:"),
        mark=_("TRAINING") if settings.TRAINING else "",
    )


def _section(share: Share) -> Section:
    late = _("overdue: %(n)s") % {"n": share.overdue} if share.overdue else ""
    heading = " · ".join(one for one in (f"{share.name} {share.total}", late) if one)
    told = ngettext("and %(n)s more", "and %(n)s more", share.more) % {"n": share.more}
    return Section(heading, tuple(_line(row) for row in share.rows), told if share.more else "")


def _line(row: QueueRow) -> tuple[str, str, str, str]:
    clock = row.clock
    left = "" if clock is None else clock.span
    if clock is not None and clock.is_overdue:
        left = _("%(span)s overdue") % {"span": left}
    return (row.urgency_word, row.case.pk, row.reasons[0], left)
