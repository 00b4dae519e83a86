"""What the page of care shows: one's own, and for a lead who should be asked how they are."""

from dataclasses import dataclass
from datetime import date, datetime

from oberih.core.official import numbers_file
from oberih.desk.care.complaints import can_complain
from oberih.desk.care.exposure import MOST_HEAVY, Exposure, exposures, own_exposure
from oberih.staff.models import Member
from oberih.staff.roles import Permission, Role

SUPPORT, URGENT = "support", "danger-now"


@dataclass(frozen=True, slots=True)
class CarePage:
    """Own counts, the team's for a lead, and who reads complaints."""

    own: Exposure | None
    team: tuple[Exposure, ...]
    most_heavy: int
    can_complain: bool
    auditors: tuple[str, ...]
    lines: tuple["Line", ...]

    @property
    def talks(self) -> tuple[Exposure, ...]:
        """Return those with whom the lead is asked to talk."""
        return tuple(one for one in self.team if one.asks_for_a_talk)


@dataclass(frozen=True, slots=True)
class Line:
    """A support line from the signed file, with the day on which it was last called."""

    name: str
    numbers: tuple[str, ...]
    called: date | None
    source: str


def care_page(*, by: Member, now: datetime) -> CarePage:
    """Return the page; everybody on the desk may have it."""
    auditors = Member.objects.filter(role=Role.AUDITOR, is_active=True).order_by("name")
    return CarePage(
        own=own_exposure(by=by, now=now) if by.may(Permission.CASE_READ) else None,
        team=exposures(by=by, now=now) if by.may(Permission.CARE_SEE) else (),
        most_heavy=MOST_HEAVY,
        can_complain=can_complain() and by.may(Permission.COMPLAINT_MAKE),
        auditors=tuple(auditors.values_list("name", flat=True)),
        lines=tuple(lines(SUPPORT, language=by.language)),
    )


def lines(group: str, *, language: str) -> list[Line]:
    """Return the lines of a group of the numbers' file."""
    found = next(one for one in numbers_file()["groups"] if one["code"] == group)
    return [
        Line(
            name=entry["name"][language],
            numbers=tuple(line["shown"] for line in entry["lines"]),
            called=None if entry["called"] is None else date.fromisoformat(entry["called"]),
            source=entry["source"][language],
        )
        for entry in found["entries"]
    ]
