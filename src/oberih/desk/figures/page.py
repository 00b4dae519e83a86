"""The figures' page: everything the lead sees, and what was told of past months."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.utils.translation import gettext as _

from oberih.desk import words
from oberih.desk.campaigns.drawing import Tile, tiles
from oberih.desk.figures import counting, drawing
from oberih.desk.figures.models import MonthFigures
from oberih.desk.regions import region_name
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_TRENDS = 12
IN_TIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ToldMonth:
    """One month's figures as they are told, with headings."""

    month: str
    tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    total: str
    is_released: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What only the lead sees."""

    trends: tuple[drawing.Trend, ...]
    ladder: tuple[drawing.Step, ...]
    load: tuple[drawing.LoadBar, ...]
    tiles: tuple[Tile, ...]
    came_back: tuple[int, int]
    danger: tuple[int, int]
    referred: tuple[int, int]
    picked: None = None


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """What may be told outside; for the lead also what is drawn."""

    drawn: Drawn | None
    months: tuple[ToldMonth, ...]
    last_month: str


def figures_page(*, by: Member, now: datetime) -> FiguresPage:
    """Return the page; raises NotPermitted."""
    require(by, Permission.FIGURES_RELEASE)
    return FiguresPage(
        drawn=_drawn(now) if by.may(Permission.FIGURES_SEE) else None,
        months=tuple(_told(one, by=by) for one in MonthFigures.objects.all()),
        last_month=(now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m"),
    )


def _drawn(now: datetime) -> Drawn:
    frequent = dict(islice(counting.tactics_by_week(now).items(), MOST_TRENDS))
    bursts = counting.burst_weeks(now, tactics=frequent)
    reached, days = counting.reached_stages(now), counting.days_to_stages(now)
    return Drawn(
        trends=drawing.trends(frequent, bursts=bursts),
        ladder=drawing.ladder(reached, days=days),
        load=drawing.load(counting.load_by_week(now)),
        tiles=tiles(counting.regions(now)),
        came_back=counting.share_that_came_back(now),
        danger=counting.danger_answered(now, within=IN_TIME),
        referred=counting.referred_with_a_yes(now),
    )


def _told(kept: MonthFigures, *, by: Member) -> ToldMonth:
    names = {
        "tactic": _("By tactic"),
        "region": _("By region"),
        "band": _("By assessment"),
        "route": _("By kind"),
    }
    tables = tuple(
        (heading, tuple((_name(name, code), shown) for code, shown in kept.tables[name].items()))
        for name, heading in names.items()
    )
    is_own = kept.author == str(by.pk)
    total = kept.tables["total"][""]
    return ToldMonth(kept.month, tables, total, kept.released_at is not None, is_own)


def _name(table: str, code: str) -> str:
    if table == "region":
        return region_name(code) or _("no region named")
    known = {"tactic": words.TACTICS, "band": words.BANDS, "route": words.ROUTES}[table]
    return str(known.get(code, code))
