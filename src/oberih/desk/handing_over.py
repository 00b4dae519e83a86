"""The shift on paper, for whoever comes next: case numbers and reasons, no words of a family."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.paper import drawn, require_printer
from oberih.desk.rows import QueueRow
from oberih.desk.shift import Share, ShiftPage, shift_page
from oberih.formats.handover import HandOver, Section, as_json
from oberih.staff.models import Member

PRINTER = "oberih.formats.handover"


def hand_over(*, by: Member, now: datetime) -> bytes:
    """Return the shift as a PDF; the audit keeps who took it. Raises CannotPrint."""
    page = on_paper(shift_page(by=by, now=now), by=by)
    require_printer()
    with transaction.atomic():
        record(Act.SHIFT_PRINTED, actor=by.member_id, subject=f"member {by.id}", detail={})
    return drawn(as_json(page), program=PRINTER)


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
    return (row.urgency_word, row.case.pk, row.reasons[0], row.forbidden or left)
