"""What a case's page and the page of its referrals show of the work on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localdate

from oberih.desk.access.selectors import names_of_members
from oberih.desk.access.visible import sees_identity, the_visible, visible
from oberih.desk.casework import words
from oberih.desk.casework.consents import ANSWERED_WITHIN, LONGEST
from oberih.desk.casework.models import (
    Consent,
    Danger,
    DangerState,
    Referral,
    Reminder,
    Transfer,
    TransferState,
)
from oberih.desk.casework.packages import IDENTITY, bodies, items_of_packages
from oberih.desk.casework.tasks import ShownTask, tasks_of
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class ShownReferral:
    """A referral in words."""

    row: Referral
    body: str
    state: str
    items: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class CaseWork:
    """The work on one case, for its page."""

    tasks: tuple[ShownTask, ...]
    reminders: tuple[Reminder, ...]
    offer: Transfer | None
    referrals: tuple[ShownReferral, ...]
    inside: tuple[Case, ...]
    tomorrow: date

    @property
    def open_tasks(self) -> int:
        """Return how many tasks wait."""
        return sum(task.is_open for task in self.tasks)


@dataclass(frozen=True, slots=True)
class ShownConsent:
    """A consent in words."""

    row: Consent
    body: str
    how: str
    items: tuple[str, ...]
    by: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class ShownDanger:
    """A danger in words, and whether the reader can answer as the second person."""

    row: Danger
    body: str
    state: str
    declared_by: str
    second_by: str
    waits_for_reader: bool


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """Everything about passing one case's content on."""

    case: Case
    consents: tuple[ShownConsent, ...]
    dangers: tuple[ShownDanger, ...]
    referrals: tuple[ShownReferral, ...]
    bodies: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    hows: tuple[tuple[str, str], ...]
    today: date
    until: date


def work_on(case: Case, *, by: Member, names: dict[str, str], today: date) -> CaseWork:
    """Return the work on a case that the member has open."""
    inside = visible(by).select_related("conversation").filter(merged_into=case.pk)
    offers = Transfer.objects.filter(case=case, state=TransferState.OFFERED)
    return CaseWork(
        tasks=tasks_of(case, names=names, language=by.language),
        reminders=tuple(case.reminders.filter(ended_at__isnull=True)),
        offer=offers.first(),
        referrals=_referrals(case.referrals.all(), names=names, language=by.language),
        inside=tuple(inside.order_by("filed_at")),
        tomorrow=today + timedelta(days=1),
    )


def referral_page(case_id: CaseId, *, by: Member, now: datetime) -> ReferralPage:
    """Return the page of a case's referrals; raises NoSuchCase."""
    require(by, Permission.REFERRAL_MAKE)
    case, names = the_visible(case_id, by=by), names_of_members()
    tongue = words.tongue_of(by.language)
    return ReferralPage(
        case=case,
        consents=tuple(_consent(row, names=names, by=by, now=now) for row in case.consents.all()),
        dangers=tuple(_danger(row, names=names, by=by, now=now) for row in case.dangers.all()),
        referrals=_referrals(case.referrals.all(), names=names, language=by.language),
        bodies=tuple((code, body.name[tongue]) for code, body in bodies().items()),
        items=tuple((code, item.name[tongue]) for code, item in items_of_packages().items()),
        hows=tuple((str(how), str(word)) for how, word in words.HOWS.items()),
        today=localdate(now),
        until=localdate(now) + LONGEST,
    )


def may_read_package(row: Referral, *, by: Member) -> bool:
    """Tell whether the member may read what was passed on: who the family is needs its grant."""
    return IDENTITY not in row.items or sees_identity(CaseId(row.case_id), by=by)


def shown_referral(row: Referral, *, by: Member) -> ShownReferral:
    """Return one referral in words."""
    return _referral(row, names=names_of_members(), language=by.language)


def _referrals(
    rows: QuerySet[Referral], *, names: dict[str, str], language: str
) -> tuple[ShownReferral, ...]:
    return tuple(_referral(row, names=names, language=language) for row in rows)


def _referral(row: Referral, *, names: dict[str, str], language: str) -> ShownReferral:
    return ShownReferral(
        row=row,
        body=words.body_name(row.body, language=language),
        state=str(words.REFERRAL_STATES[row.state]),
        items=words.item_names(row.items, language=language),
        by=names.get(row.by, ""),
    )


def _consent(row: Consent, *, names: dict[str, str], by: Member, now: datetime) -> ShownConsent:
    return ShownConsent(
        row=row,
        body=words.body_name(row.body, language=by.language),
        how=str(words.HOWS[row.how]),
        items=words.item_names(row.items, language=by.language),
        by=names.get(row.by, ""),
        is_over=row.until < localdate(now),
    )


def _danger(row: Danger, *, names: dict[str, str], by: Member, now: datetime) -> ShownDanger:
    is_open = row.state == DangerState.DECLARED and row.declared_at > now - ANSWERED_WITHIN
    return ShownDanger(
        row=row,
        body=words.body_name(row.body, language=by.language),
        state=str(words.DANGER_STATES[row.state]),
        declared_by=names.get(row.declared_by, ""),
        second_by=names.get(row.second_by, ""),
        waits_for_reader=is_open and row.declared_by != str(by.pk),
    )
