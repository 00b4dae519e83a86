"""Releasing a month's figures: computed once, by one person, released by another."""

from datetime import datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput, Refused
from oberih.desk.figures.counting import month_bounds, month_tables
from oberih.desk.figures.models import MonthFigures
from oberih.desk.figures.suppression import told, told_total
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


class NotAMonth(BadInput):
    """A month is written 2026-10."""


class MonthNotOver(Refused):
    """This month is not over: figures are made of whole months only."""


class AlreadyMade(Refused):
    """This month's figures were made already: they are never made anew."""


class NoSuchFigures(BadInput):
    """There are no figures of this month."""


class OneAlone(Refused):
    """Who made the figures cannot release them: another person reads them first."""


def make(month: str, *, by: Member, now: datetime) -> None:
    """Compute what may be told of a month; raises NotAMonth, MonthNotOver, AlreadyMade."""
    require(by, Permission.FIGURES_RELEASE)
    try:
        _start, end = month_bounds(month)
    except ValueError as error:
        raise NotAMonth from error
    if now < end:
        raise MonthNotOver
    tables = month_tables(month)
    kept = {name: {**told(counts)} for name, counts in tables.items()}
    kept["total"] = {"": told_total(tables["band"])}
    try:
        with transaction.atomic():
            MonthFigures.objects.create(month=month, tables=kept, author=str(by.pk), made_at=now)
            record(Act.FIGURES_MADE, actor=by.member_id, subject=f"figures {month}", detail={})
    except IntegrityError as error:
        raise AlreadyMade from error


def release(month: str, *, by: Member, now: datetime) -> None:
    """Release a month's figures as another person; raises NoSuchFigures, OneAlone."""
    require(by, Permission.FIGURES_RELEASE)
    with transaction.atomic():
        kept = MonthFigures.objects.select_for_update().filter(pk=month).first()
        if kept is None or kept.released_at is not None:
            raise NoSuchFigures
        if kept.author == str(by.pk):
            raise OneAlone
        kept.approver, kept.released_at = str(by.pk), now
        kept.save()
        record(Act.FIGURES_RELEASED, actor=by.member_id, subject=f"figures {month}", detail={})


def released() -> list[MonthFigures]:
    """Return the released months, the newest first."""
    return list(MonthFigures.objects.filter(released_at__isnull=False))
