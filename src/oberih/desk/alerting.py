"""Alerts as the desk makes them: how many families stand behind one, and that none is quoted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oberih.alerts import selectors as alerts
from oberih.alerts import services
from oberih.alerts.checks import Finding
from oberih.alerts.issuing import COUNTRIES
from oberih.alerts.models import Alert
from oberih.alerts.services import Draft, Release
from oberih.alerts.states import AlertId, MessageType
from oberih.core.errors import BadInput, Refused
from oberih.core.identifiers import find
from oberih.core.regions import region_names
from oberih.core.skeleton import skeleton
from oberih.desk import families, sealed_alerts
from oberih.desk.access.visible import is_visible, visible
from oberih.desk.alert_previews import Preview, findings_of, previews_of
from oberih.desk.alert_sending import Delivery, deliveries_of
from oberih.desk.models import Conversation
from oberih.desk.rows import Look, identifiers_of
from oberih.desk.sealed_alerts import SealedDelivery, SealedReach
from oberih.desk.states import CaseId, Direction
from oberih.desk.threads import entries
from oberih.desk.waking import wake_courier
from oberih.desk.working.filters import Filters
from oberih.staff.models import Member

QUOTE = 40
"""So many letters in a row, look-alikes and case folded, are a quotation."""


class QuotesTheReport(Refused):
    """The alert repeats words of the report: paraphrase, so that nobody can tell whose it is."""


class NamesAnIdentifier(Refused):
    """The alert names a number or account that fewer than three families reported."""


class NotACase(BadInput):
    """The case that this alert is drafted from does not exist."""


@dataclass(frozen=True, slots=True)
class SealedPart:
    """Of a sealed alert: whom it would reach now, how far it has come, what a family reads."""

    reach: SealedReach
    delivery: SealedDelivery
    text: str


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert with the names of those who made it, and the families counted behind it."""

    alert: Alert
    author: str
    approver: str
    counted: int
    is_own: bool
    previews: list[Preview]
    findings: list[Finding]
    to_type: str
    earlier: Alert | None
    deliveries: list[Delivery]
    sealed: SealedPart | None


@dataclass(frozen=True, slots=True)
class ReleaseAnswer:
    """What the releaser said: the one question, the region typed, the findings read."""

    only_one: bool
    typed: str = ""
    findings_read: bool = False


def families_behind(case: CaseId, *, tactic: str, by: Member, now: datetime) -> int:
    """Return how many families report the case's most shared identifier, or the tactic.

    Of the cases that the member may see: of a hidden one not even a count is told.
    """
    listed = [str(case)] if is_visible(case, by=by) else []
    identifiers = identifiers_of(listed, look=Look(by, now))
    shared = max((one.families for one in identifiers[str(case)]), default=0)
    return max(shared, _with_tactic(tactic, by=by, now=now))


def _with_tactic(tactic: str, *, by: Member, now: datetime) -> int:
    if not tactic:
        return 0
    return families.behind(Filters(tactic=tactic).applied(visible(by), now=now))


def draft(
    proposed: Draft, *, by: Member, now: datetime, entropy: Callable[[int], bytes]
) -> AlertId:
    """Keep a draft; raises QuotesTheReport, NamesAnIdentifier and what alerts.services raises."""
    if proposed.case and not is_visible(proposed.case, by=by):
        raise NotACase
    texts = [
        part
        for words in proposed.texts.values()
        for part in (words.headline, words.text, words.advice)
    ]
    _refuse_quotes(texts)
    _refuse_identifiers(texts)
    return services.draft(proposed, by=by, now=now, entropy=entropy)


def approve(alert: AlertId, *, answer: ReleaseAnswer, by: Member, now: datetime) -> None:
    """Release an alert; the families behind it are counted again at this moment."""
    found = alerts.alert(alert, by=by)
    counted = families_behind(CaseId(found.case), tactic=found.tactic, by=by, now=now)
    release = Release(
        only_one_family_could_know=answer.only_one,
        counted=counted,
        region_was_typed=is_typed(answer.typed, alert=found),
        findings_unread=bool(findings_of(found)) and not answer.findings_read,
    )
    with transaction.atomic():
        services.approve(alert, release=release, by=by, now=now)
        if sealed_alerts.is_sealed(found):
            sealed_alerts.send(alerts.alert(alert, by=by), by=by, now=now)
        wake_courier()


def cancel(alert: AlertId, *, by: Member, now: datetime) -> None:
    """Withdraw an alert in force; a sealed one's cancellation goes where the alert went."""
    with transaction.atomic():
        services.cancel(alert, by=by, now=now)
        found = Alert.objects.get(pk=alert)
        told = Alert.objects.filter(refers_to=alert, message_type=MessageType.CANCEL).first()
        if told and sealed_alerts.is_sealed(found) and not found.is_exercise:
            sealed_alerts.send_after(told, earlier=found, now=now)
        wake_courier()


def is_typed(typed: str, *, alert: Alert) -> bool:
    """Tell whether exactly the alert's regions were typed, in any of the languages."""
    words = {_folded_name(part) for part in typed.split(",")}
    return any(words == _names(alert, language=language) for language in COUNTRIES)


def alert_page(alert: AlertId, *, by: Member, now: datetime) -> AlertPage:
    """Return one alert for its page; raises NoSuchAlert, NotPermitted."""
    found = alerts.alert(alert, by=by)
    names = {str(member.pk): member.name for member in Member.objects.all()}
    return AlertPage(
        alert=found,
        author=names.get(found.author, ""),
        approver=names.get(found.approver, ""),
        counted=families_behind(CaseId(found.case), tactic=found.tactic, by=by, now=now),
        is_own=found.author == str(by.pk),
        previews=previews_of(found),
        findings=findings_of(found),
        to_type=", ".join(_area_names(found, language="uk")),
        earlier=Alert.objects.filter(pk=found.refers_to).first() if found.refers_to else None,
        deliveries=deliveries_of(found),
        sealed=_sealed(found, by=by, now=now),
    )


def _sealed(alert: Alert, *, by: Member, now: datetime) -> SealedPart | None:
    if not sealed_alerts.is_sealed(alert):
        return None
    return SealedPart(
        reach=sealed_alerts.reach(alert, by=by, now=now),
        delivery=sealed_alerts.delivery_of(alert),
        text=sealed_alerts.text_of(alert, language="uk"),
    )


def _names(alert: Alert, *, language: str) -> set[str]:
    return {_folded_name(name) for name in _area_names(alert, language=language)}


def _area_names(alert: Alert, *, language: str) -> list[str]:
    names = region_names(language)
    return [names[code] for code in alert.regions] or [COUNTRIES[language]]


def _folded_name(name: str) -> str:
    return " ".join(name.split()).casefold()


def _refuse_quotes(texts: list[str]) -> None:
    """Refuse words of any report, not only of the case that the alert is drafted from."""
    windows = {window for text in texts for window in _windows(_folded(text))}
    if any(window in said for said in _said() for window in windows):
        raise QuotesTheReport


def _windows(folded: str) -> set[str]:
    return {folded[at : at + QUOTE] for at in range(len(folded) - QUOTE + 1)}


def _said() -> Iterator[str]:
    """Yield what every family wrote or passed on, folded."""
    for conversation in Conversation.objects.all():
        for entry in entries(conversation.messages.filter(direction=Direction.REPORT)):
            yield _folded(entry.text)
            yield _folded(" ".join(line.text for line in entry.chat))


def _folded(text: str) -> str:
    return "".join(skeleton(text).split())


def _refuse_identifiers(texts: list[str]) -> None:
    named = {found.identifier for text in texts for found in find(text)}
    for one in named:
        if 0 < families.reporting(one) < services.FEWEST_FAMILIES:
            raise NamesAnIdentifier
