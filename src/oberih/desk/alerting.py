"""Alerts as the desk makes them: how many families stand behind one, and that none is quoted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from oberih.alerts import selectors as alerts
from oberih.alerts import services
from oberih.alerts.models import Alert
from oberih.alerts.services import Draft, Release
from oberih.alerts.states import AlertId
from oberih.core.errors import BadInput, Refused
from oberih.core.identifiers import find
from oberih.core.skeleton import skeleton
from oberih.desk.models import Case, Identifier, Message
from oberih.desk.selectors import identifiers_of
from oberih.desk.states import CaseId
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
class AlertPage:
    """One alert with the names of those who made it, and the families counted behind it."""

    alert: Alert
    author: str
    approver: str
    counted: int
    is_own: bool


def families_behind(case: CaseId, *, tactic: str) -> int:
    """Return how many families report the case's most shared identifier, or the tactic."""
    shared = max((one.families for one in identifiers_of([case])[case]), default=0)
    return max(shared, _with_tactic(tactic))


def _with_tactic(tactic: str) -> int:
    if not tactic:
        return 0
    return sum(tactic in tactics for tactics in Case.objects.values_list("tactics", flat=True))


def draft(
    proposed: Draft, *, by: Member, now: datetime, entropy: Callable[[int], bytes]
) -> AlertId:
    """Keep a draft; raises QuotesTheReport, NamesAnIdentifier and what alerts.services raises."""
    if proposed.case and not Case.objects.filter(pk=proposed.case).exists():
        raise NotACase
    texts = [
        part
        for words in proposed.texts.values()
        for part in (words.headline, words.text, words.advice)
    ]
    _refuse_quotes(texts, case=CaseId(proposed.case))
    _refuse_identifiers(texts)
    return services.draft(proposed, by=by, now=now, entropy=entropy)


def approve(alert: AlertId, *, only_one: bool, by: Member, now: datetime) -> None:
    """Release an alert; the families behind it are counted again at this moment."""
    found = alerts.alert(alert, by=by)
    counted = families_behind(CaseId(found.case), tactic=found.tactic)
    release = Release(only_one_family_could_know=only_one, counted=counted)
    services.approve(alert, release=release, by=by, now=now)


def alert_page(alert: AlertId, *, by: Member) -> AlertPage:
    """Return one alert for its page; raises NoSuchAlert, NotPermitted."""
    found = alerts.alert(alert, by=by)
    names = {str(member.pk): member.name for member in Member.objects.all()}
    return AlertPage(
        alert=found,
        author=names.get(found.author, ""),
        approver=names.get(found.approver, ""),
        counted=families_behind(CaseId(found.case), tactic=found.tactic),
        is_own=found.author == str(by.pk),
    )


def _refuse_quotes(texts: list[str], *, case: CaseId) -> None:
    said = [_folded(text) for text in _texts_of(case)]
    for text in texts:
        folded = _folded(text)
        windows = {folded[at : at + QUOTE] for at in range(len(folded) - QUOTE + 1)}
        if any(window in one for window in windows for one in said):
            raise QuotesTheReport


def _texts_of(case: CaseId) -> Iterator[str]:
    messages = Message.objects.filter(conversation__case_id=case)
    for text, chat_part in messages.values_list("text", "chat_part"):
        yield text
        yield chat_part


def _folded(text: str) -> str:
    return "".join(skeleton(text).split())


def _refuse_identifiers(texts: list[str]) -> None:
    named = {found.identifier for text in texts for found in find(text)}
    for one in named:
        families = Identifier.objects.filter(kind=one.kind, value=one.value).aggregate(
            families=Count("caseidentifier")
        )["families"]
        if 0 < families < services.FEWEST_FAMILIES:
            raise NamesAnIdentifier
