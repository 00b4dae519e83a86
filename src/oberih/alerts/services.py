"""Drafting, approving, cancelling: two persons, and the bar that protects the families."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from oberih.alerts.models import Alert
from oberih.alerts.states import AlertId, AlertState, Basis
from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput, Refused
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

FEWEST_FAMILIES = 3
LASTS = timedelta(days=30)
LONGEST_HEADLINE = 120
LONGEST_TEXT = 4_000
LANGUAGES = ("uk", "en")


class NoSuchAlert(BadInput):
    """There is no such alert."""


class WordsMissing(BadInput):
    """An alert needs a headline and a text in Ukrainian and in English."""


class WordsTooLong(BadInput):
    """A headline has at most 120 characters, a text at most 4,000."""


class OnePersonAlone(Refused):
    """The one who drafted an alert cannot approve it: another person reads it first."""


class TooFewFamilies(Refused):
    """Fewer than three unrelated families reported this: publishing could name one of them."""


class BasisMissing(BadInput):
    """Say which source that is no family it rests on, or how and when the family said yes."""


class OneFamilyCouldKnow(Refused):
    """Only one family could know this: publishing would name it. Paraphrase further."""


class NotADraft(Refused):
    """This alert is no longer a draft."""


class NotInForce(Refused):
    """This alert is not in force."""


@dataclass(frozen=True, slots=True)
class Words:
    """An alert in one language; it paraphrases and never quotes a report."""

    headline: str
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why it may be published.

    `families` are those that a person judged unrelated, `counted` the families that the desk
    counts behind it: the first is never more than the second.
    """

    basis: Basis
    families: int = 0
    counted: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one officer proposes."""

    texts: Mapping[str, Words]
    grounds: Grounds
    tactic: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """The releaser's answer, and the families that the desk counts at that moment."""

    only_one_family_could_know: bool
    counted: int


def draft(
    proposed: Draft, *, by: Member, now: datetime, entropy: Callable[[int], bytes]
) -> AlertId:
    """Keep a draft; raises WordsMissing, WordsTooLong, BasisMissing, TooFewFamilies."""
    require(by, Permission.ALERT_DRAFT)
    _check_words(proposed.texts)
    check_grounds(proposed.grounds)
    with transaction.atomic():
        alert = Alert.objects.create(
            id=base64.b32encode(entropy(5)).decode().lower(),
            texts=_texts(proposed.texts),
            tactic=proposed.tactic,
            case=proposed.case,
            basis=proposed.grounds.basis,
            families=proposed.grounds.families,
            source=proposed.grounds.source.strip(),
            author=str(by.pk),
            drafted_at=now,
        )
        record(Act.ALERT_DRAFTED, actor=by.member_id, subject=f"alert {alert.pk}", detail={})
    return AlertId(alert.pk)


def approve(alert_id: AlertId, *, release: Release, by: Member, now: datetime) -> None:
    """Release a draft as another person than its author; the courier then publishes it.

    Raises OnePersonAlone, OneFamilyCouldKnow, TooFewFamilies, NotADraft.
    """
    require(by, Permission.ALERT_APPROVE)
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state != AlertState.DRAFT:
            raise NotADraft
        if alert.author == str(by.pk):
            raise OnePersonAlone
        if release.only_one_family_could_know:
            raise OneFamilyCouldKnow
        check_grounds(Grounds(Basis(alert.basis), alert.families, release.counted, alert.source))
        alert.state, alert.approver = AlertState.APPROVED, str(by.pk)
        alert.approved_at, alert.ends_at = now, now + LASTS
        alert.sequence = _next_sequence()
        alert.save()
        record(
            Act.ALERT_APPROVED,
            actor=by.member_id,
            subject=f"alert {alert_id}",
            detail={"basis": alert.basis, "families": alert.families},
        )


def reject(alert_id: AlertId, *, by: Member) -> None:
    """Refuse a draft; its author may write another."""
    require(by, Permission.ALERT_APPROVE)
    with transaction.atomic():
        if not Alert.objects.filter(pk=alert_id, state=AlertState.DRAFT).update(
            state=AlertState.REJECTED
        ):
            raise NotADraft
        record(Act.ALERT_REJECTED, actor=by.member_id, subject=f"alert {alert_id}", detail={})


def cancel(alert_id: AlertId, *, by: Member, now: datetime) -> None:
    """Withdraw an alert that is in force; the courier publishes that it ended."""
    require(by, Permission.ALERT_CANCEL)
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state != AlertState.APPROVED:
            raise NotInForce
        alert.state, alert.ends_at = AlertState.CANCELLED, now
        alert.sequence = _next_sequence()
        alert.save()
        record(Act.ALERT_CANCELLED, actor=by.member_id, subject=f"alert {alert_id}", detail={})


def mark_published(alerts: Mapping[AlertId, int]) -> None:
    """Note which sequence of each alert the front now shows."""
    with transaction.atomic():
        for alert, sequence in alerts.items():
            Alert.objects.filter(pk=alert, published_sequence__lt=F("sequence")).update(
                published_sequence=sequence
            )
            record(
                Act.ALERT_PUBLISHED,
                actor=None,
                subject=f"alert {alert}",
                detail={"sequence": sequence},
            )


def check_grounds(grounds: Grounds) -> None:
    """Hold the bar of publishing; raises TooFewFamilies or BasisMissing."""
    if grounds.basis is Basis.FAMILIES:
        if min(grounds.families, grounds.counted) < FEWEST_FAMILIES:
            raise TooFewFamilies
        if grounds.families > grounds.counted:
            raise TooFewFamilies
    elif not grounds.source.strip():
        raise BasisMissing


def _locked(alert_id: AlertId) -> Alert:
    alert = Alert.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise NoSuchAlert
    return alert


def _next_sequence() -> int:
    newest = Alert.objects.aggregate(newest=Max("sequence"))["newest"]
    return int(newest or 0) + 1


def _check_words(texts: Mapping[str, Words]) -> None:
    for language in LANGUAGES:
        words = texts.get(language)
        if words is None or not words.headline.strip() or not words.text.strip():
            raise WordsMissing
        if len(words.headline) > LONGEST_HEADLINE or len(words.text) > LONGEST_TEXT:
            raise WordsTooLong


def _texts(texts: Mapping[str, Words]) -> dict[str, dict[str, str]]:
    return {
        language: {
            "headline": words.headline.strip(),
            "text": words.text.strip(),
            "advice": words.advice.strip(),
        }
        for language, words in texts.items()
    }
