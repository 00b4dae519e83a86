"""Drafting, approving, cancelling: two persons, and the bar that protects the families."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from oberih.alerts.cancelling import prepared
from oberih.alerts.models import Alert
from oberih.alerts.states import AlertId, AlertState, Basis, MessageType, Standing
from oberih.alerts.values import Follows, Gravity, Reach, Timing
from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput, Refused
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

FEWEST_FAMILIES = 3
CANCELLATION_LASTS = timedelta(days=7)
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


class FollowsNothing(BadInput):
    """An update or an all clear names an alert that is in force and of the same standing."""


class RegionNotTyped(Refused):
    """Type the name of the region, or Ukraine, exactly: this alert is real and goes to everyone."""


class FindingsUnread(Refused):
    """The checks found something: read it and say so before you release."""


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
    reach: Reach = field(default_factory=Reach)
    gravity: Gravity = field(default_factory=Gravity)
    timing: Timing = field(default_factory=Timing)
    follows: Follows = field(default_factory=Follows)


@dataclass(frozen=True, slots=True)
class Release:
    """The releaser's answers, and the families that the desk counts at that moment."""

    only_one_family_could_know: bool
    counted: int
    region_was_typed: bool = True
    findings_unread: bool = False


def draft(
    proposed: Draft, *, by: Member, now: datetime, entropy: Callable[[int], bytes]
) -> AlertId:
    """Keep a draft; raises WordsMissing, WordsTooLong, BasisMissing, TooFewFamilies."""
    require(by, Permission.ALERT_DRAFT)
    _check_words(proposed.texts)
    check_grounds(proposed.grounds)
    with transaction.atomic():
        _check_follows(proposed)
        alert = _row(proposed)
        alert.id = base64.b32encode(entropy(5)).decode().lower()
        alert.author, alert.drafted_at = str(by.pk), now
        alert.save(force_insert=True)
        record(Act.ALERT_DRAFTED, actor=by.member_id, subject=f"alert {alert.pk}", detail={})
    return AlertId(alert.pk)


def approve(alert_id: AlertId, *, release: Release, by: Member, now: datetime) -> None:
    """Release a draft as another person than its author; the courier then publishes it.

    Raises OnePersonAlone, OneFamilyCouldKnow, RegionNotTyped, FindingsUnread, TooFewFamilies,
    NotADraft, FollowsNothing.
    """
    require(by, Permission.ALERT_APPROVE)
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state != AlertState.DRAFT:
            raise NotADraft
        if alert.author == str(by.pk):
            raise OnePersonAlone
        _check_release(alert, release=release)
        if alert.refers_to:
            _end_earlier(alert, now=now)
        alert.state, alert.approver = AlertState.APPROVED, str(by.pk)
        timing = Timing(alert.days, alert.effective_at, alert.onset_at)
        alert.approved_at, alert.ends_at = now, timing.ends(released=now)
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
    """Withdraw an alert that is in force with the words that two persons prepared.

    The courier publishes that it ended, and the cancellation as a message of its own.
    """
    require(by, Permission.ALERT_CANCEL)
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state != AlertState.APPROVED:
            raise NotInForce
        alert.state, alert.ends_at = AlertState.CANCELLED, now
        alert.sequence = _next_sequence()
        alert.cancelled_by = str(by.pk)
        alert.save()
        if alert.message_type in {MessageType.ALERT, MessageType.UPDATE}:
            _cancellation(alert, now=now).save(force_insert=True)
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


def _check_release(alert: Alert, *, release: Release) -> None:
    if release.only_one_family_could_know:
        raise OneFamilyCouldKnow
    if alert.standing == Standing.ACTUAL and not release.region_was_typed:
        raise RegionNotTyped
    if release.findings_unread:
        raise FindingsUnread
    check_grounds(Grounds(Basis(alert.basis), alert.families, release.counted, alert.source))


def _check_follows(proposed: Draft) -> None:
    follows = proposed.follows
    if follows.message_type is MessageType.ALERT and follows.refers_to is None:
        return
    wanted = {"state": AlertState.APPROVED, "standing": proposed.reach.standing}
    if follows.message_type in {MessageType.ALERT, MessageType.CANCEL}:
        raise FollowsNothing
    if not Alert.objects.filter(pk=follows.refers_to, **wanted).exists():
        raise FollowsNothing


def _end_earlier(alert: Alert, *, now: datetime) -> None:
    """End the alert that this one takes the place of."""
    earlier = _locked(AlertId(alert.refers_to))
    if earlier.state != AlertState.APPROVED or earlier.standing != alert.standing:
        raise FollowsNothing
    earlier.state, earlier.ends_at = AlertState.UPDATED, now
    earlier.sequence = _next_sequence()
    earlier.save()


def _row(proposed: Draft) -> Alert:
    texts = _texts(proposed.texts)
    return Alert(
        texts=texts,
        tactic=proposed.tactic,
        case=proposed.case,
        basis=proposed.grounds.basis,
        families=proposed.grounds.families,
        source=proposed.grounds.source.strip(),
        message_type=proposed.follows.message_type,
        refers_to=proposed.follows.refers_to or "",
        standing=proposed.reach.standing,
        audience=proposed.reach.audience,
        regions=list(proposed.reach.regions),
        urgency=proposed.gravity.urgency,
        severity=proposed.gravity.severity,
        certainty=proposed.gravity.certainty,
        days=proposed.timing.days,
        effective_at=proposed.timing.effective,
        onset_at=proposed.timing.onset,
        cancellation=prepared(texts),
    )


def _cancellation(alert: Alert, *, now: datetime) -> Alert:
    """Return the cancellation: its words were drafted by one and released by another."""
    name = hashlib.sha256(f"cancel {alert.pk}".encode()).digest()[:5]
    return Alert(
        id=base64.b32encode(name).decode().lower(),
        state=AlertState.APPROVED,
        texts=alert.cancellation or prepared(alert.texts),
        tactic=alert.tactic,
        basis=Basis.OTHER_SOURCE,
        source=f"alert {alert.pk}",
        author=alert.author,
        approver=alert.approver,
        cancelled_by=alert.cancelled_by,
        drafted_at=now,
        approved_at=now,
        ends_at=now + CANCELLATION_LASTS,
        days=CANCELLATION_LASTS.days,
        sequence=_next_sequence(),
        message_type=MessageType.CANCEL,
        refers_to=alert.pk,
        standing=alert.standing,
        audience=alert.audience,
        regions=alert.regions,
    )


def _locked(alert_id: AlertId) -> Alert:
    alert = Alert.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise NoSuchAlert
    return alert


def _next_sequence() -> int:
    newest = Alert.objects.aggregate(newest=Max("sequence"))["newest"]
    return int(newest or 0) + 1


def _check_words(texts: Mapping[str, Words]) -> None:
    if set(LANGUAGES) - set(texts):
        raise WordsMissing
    for words in texts.values():
        if not words.headline.strip() or not words.text.strip():
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
