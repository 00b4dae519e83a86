"""The watch list's acts: one proposes, another confirms; official numbers are never reported."""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from oberih.alerts.services import (
    Grounds,
    OneFamilyCouldKnow,
    OnePersonAlone,
    check_grounds,
)
from oberih.alerts.states import Basis
from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput, Refused
from oberih.core.identifiers import Identifier, Kind
from oberih.core.official import is_same_line, official_numbers
from oberih.crypto.watchlist import MOST_TACTICS, TACTICS, Answer
from oberih.desk.families import reporting_seen
from oberih.desk.models import Case
from oberih.desk.models import Identifier as SeenIdentifier
from oberih.desk.watch_models import WatchEntry, WatchSource
from oberih.desk.watch_states import LIVE, Confidence, ReleasePolicy, WatchId, WatchState
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST_REASON = 2_000
LONGEST_ENTRY = timedelta(days=731)
NAMED_IN = ("uk", "en")


class NoSuchEntry(BadInput):
    """There is no such entry of the watch list."""


class ReasonMissing(BadInput):
    """Say in a sentence or two why it is listed."""


class BadExpiry(BadInput):
    """An entry expires on a later day, at most two years from now."""


class BadEmbargo(BadInput):
    """An embargo ends on a later day, before the entry expires."""


class BadTactics(BadInput):
    """Name up to three known tactics."""


class NameMissing(BadInput):
    """An official contact needs the body's name in Ukrainian and in English."""


class OfficialIsPublic(BadInput):
    """An official contact is always public and rests on a source that is not a family."""


class OfficialNumber(Refused):
    """This belongs to an official body: it can never be listed as reported."""


class AlreadyListed(Refused):
    """This identifier is on the watch list already, or waits for a second person."""


class ReportedCannotBeOfficial(Refused):
    """This is listed as reported: take that entry off the list first."""


class NotProposed(Refused):
    """This entry no longer waits for a second person."""


class NotListed(Refused):
    """This entry is not on the list."""


class EmbargoLasts(Refused):
    """The embargo has not ended, or there is none to lift."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one member proposes; `grounds` matter for what may become public."""

    identifier: Identifier
    reason: str
    expires_on: date
    answer: Answer = Answer.REPORTED
    tactics: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    confidence: Confidence = Confidence.LIKELY
    policy: ReleasePolicy = ReleasePolicy.DESK_ONLY
    embargoed_until: date | None = None
    grounds: Grounds = field(default_factory=lambda: Grounds(Basis.FAMILIES))
    names: Mapping[str, str] = field(default_factory=dict)


def families_reporting(identifier: Identifier, *, by: Member) -> int:
    """Return how many families name the identifier in cases that the member may see.

    Hidden cases never count: a rule that does or does not let through would tell of them. Whoever
    changed her words is one family.
    """
    return reporting_seen(identifier, by=by)


def propose(
    proposal: Proposal, *, by: Member, now: datetime, entropy: Callable[[int], bytes]
) -> WatchId:
    """Keep a proposal for a second person.

    Raises OfficialNumber, AlreadyListed, what `check_grounds` raises, and the errors of a field.
    """
    require(by, Permission.IDENTIFIER_PROPOSE)
    _check_proposal(proposal, by=by, today=localdate(now))
    try:
        with transaction.atomic():
            entry = WatchEntry.objects.create(
                id=base64.b32encode(entropy(5)).decode().lower(),
                author=str(by.pk),
                proposed_at=now,
                **_columns(proposal),
            )
            _keep_sources(entry, cases=proposal.cases)
            _record(Act.IDENTIFIER_PROPOSED, entry=entry, by=by)
    except IntegrityError as error:
        raise AlreadyListed from error
    return WatchId(entry.pk)


def confirm(entry_id: WatchId, *, only_one: bool, by: Member, now: datetime) -> None:
    """Put a proposed identifier on the list as another person than its author.

    `only_one` answers "could only one family know this?". Raises OnePersonAlone, NotProposed,
    OfficialNumber, OneFamilyCouldKnow, TooFewFamilies, BadExpiry.
    """
    require(by, Permission.IDENTIFIER_CONFIRM)
    with transaction.atomic():
        entry = _locked(entry_id)
        if entry.state != WatchState.PROPOSED:
            raise NotProposed
        if entry.author == str(by.pk):
            raise OnePersonAlone
        if entry.expires_on <= localdate(now):
            raise BadExpiry
        _check_allowed(identifier_of(entry), answer=Answer(entry.answer))
        if entry.policy == ReleasePolicy.PUBLIC:
            _check_release(entry, only_one=only_one, by=by)
        entry.state, entry.confirmer = WatchState.CONFIRMED, str(by.pk)
        entry.confirmed_at = now
        entry.save()
        _record(Act.IDENTIFIER_CONFIRMED, entry=entry, by=by)


def release(entry_id: WatchId, *, only_one: bool, by: Member, today: date) -> None:
    """Make an entry public whose embargo has ended; never its author, never by itself.

    Raises EmbargoLasts, OnePersonAlone, OneFamilyCouldKnow, TooFewFamilies, BasisMissing.
    """
    require(by, Permission.IDENTIFIER_CONFIRM)
    with transaction.atomic():
        entry = _locked(entry_id)
        is_embargoed = entry.policy == ReleasePolicy.EMBARGOED and entry.embargoed_until is not None
        if not is_embargoed or entry.state != WatchState.CONFIRMED:
            raise EmbargoLasts
        if entry.embargoed_until is None or entry.embargoed_until > today:
            raise EmbargoLasts
        if entry.author == str(by.pk):
            raise OnePersonAlone
        _check_release(entry, only_one=only_one, by=by)
        entry.policy = ReleasePolicy.PUBLIC
        entry.save()
        _record(Act.IDENTIFIER_RELEASED, entry=entry, by=by)


def reject(entry_id: WatchId, *, by: Member) -> None:
    """Refuse a proposal; it may be proposed again."""
    _end(entry_id, by=by, ending=Ending(WatchState.PROPOSED, WatchState.REJECTED, NotProposed))


def retire(entry_id: WatchId, *, by: Member) -> None:
    """Take an entry off the list; the next epoch is without it."""
    _end(entry_id, by=by, ending=Ending(WatchState.CONFIRMED, WatchState.RETIRED, NotListed))


def identifier_of(entry: WatchEntry) -> Identifier:
    """Return the entry's identifier; what is stored was parsed before."""
    return Identifier(Kind(entry.kind), entry.value)


def is_official(identifier: Identifier) -> bool:
    """Tell whether it is one of the official numbers, or a messenger's account on one."""
    stored = WatchEntry.objects.filter(
        state=WatchState.CONFIRMED, answer=Answer.OFFICIAL, value=identifier.value
    )
    known = [*official_numbers(), *(identifier_of(entry) for entry in stored)]
    return any(is_same_line(identifier, official) for official in known)


@dataclass(frozen=True, slots=True)
class Ending:
    """From which state an entry goes to which, and what is said when it is in another."""

    of: WatchState
    to: WatchState
    otherwise: type[Refused]


def _end(entry_id: WatchId, *, by: Member, ending: Ending) -> None:
    require(by, Permission.IDENTIFIER_CONFIRM)
    acts = {
        WatchState.REJECTED: Act.IDENTIFIER_REJECTED,
        WatchState.RETIRED: Act.IDENTIFIER_RETIRED,
    }
    with transaction.atomic():
        entry = _locked(entry_id)
        if entry.state != ending.of:
            raise ending.otherwise
        entry.state = ending.to
        entry.save(update_fields=["state"])
        _record(acts[ending.to], entry=entry, by=by)


def _locked(entry_id: WatchId) -> WatchEntry:
    entry = WatchEntry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise NoSuchEntry
    return entry


def _record(act: Act, *, entry: WatchEntry, by: Member) -> None:
    detail = {"answer": entry.answer, "policy": entry.policy}
    record(act, actor=by.member_id, subject=f"watch {entry.pk}", detail=detail)


def _check_proposal(proposal: Proposal, *, by: Member, today: date) -> None:
    if not 0 < len(proposal.reason.strip()) <= LONGEST_REASON:
        raise ReasonMissing
    if not today < proposal.expires_on <= today + LONGEST_ENTRY:
        raise BadExpiry
    if len(proposal.tactics) > MOST_TACTICS or not set(proposal.tactics) <= set(TACTICS):
        raise BadTactics
    _check_embargo(proposal, today=today)
    _check_allowed(proposal.identifier, answer=proposal.answer)
    if proposal.answer is Answer.OFFICIAL:
        _check_official(proposal)
    if proposal.policy is ReleasePolicy.PUBLIC:
        check_grounds(_counted(proposal.grounds, identifier=proposal.identifier, by=by))


def _check_embargo(proposal: Proposal, *, today: date) -> None:
    if proposal.policy is not ReleasePolicy.EMBARGOED:
        return
    until = proposal.embargoed_until
    if until is None or not today < until < proposal.expires_on:
        raise BadEmbargo


def _check_official(proposal: Proposal) -> None:
    if any(not proposal.names.get(language, "").strip() for language in NAMED_IN):
        raise NameMissing
    rests_on_a_source = proposal.grounds.basis is Basis.OTHER_SOURCE
    if proposal.policy is not ReleasePolicy.PUBLIC or not rests_on_a_source:
        raise OfficialIsPublic


def _check_allowed(identifier: Identifier, *, answer: Answer) -> None:
    if answer is Answer.REPORTED and is_official(identifier):
        raise OfficialNumber
    if answer is Answer.OFFICIAL and _is_reported(identifier):
        raise ReportedCannotBeOfficial


def _is_reported(identifier: Identifier) -> bool:
    listed = WatchEntry.objects.filter(
        state=WatchState.CONFIRMED, answer=Answer.REPORTED, value=identifier.value
    )
    return any(is_same_line(identifier, identifier_of(entry)) for entry in listed)


def _check_release(entry: WatchEntry, *, only_one: bool, by: Member) -> None:
    if only_one:
        raise OneFamilyCouldKnow
    grounds = Grounds(Basis(entry.basis), families=entry.families, source=entry.source)
    check_grounds(_counted(grounds, identifier=identifier_of(entry), by=by))


def _counted(grounds: Grounds, *, identifier: Identifier, by: Member) -> Grounds:
    return Grounds(
        grounds.basis,
        families=grounds.families,
        counted=families_reporting(identifier, by=by),
        source=grounds.source,
    )


def _columns(proposal: Proposal) -> dict[str, object]:
    return {
        "kind": proposal.identifier.kind,
        "value": proposal.identifier.value,
        "answer": proposal.answer,
        "reason": proposal.reason.strip(),
        "tactics": list(proposal.tactics),
        "confidence": proposal.confidence,
        "policy": proposal.policy,
        "embargoed_until": proposal.embargoed_until,
        "expires_on": proposal.expires_on,
        "basis": proposal.grounds.basis,
        "families": proposal.grounds.families,
        "source": proposal.grounds.source.strip(),
        "names": {code: name.strip() for code, name in proposal.names.items()},
    }


def _keep_sources(entry: WatchEntry, *, cases: Iterable[str]) -> None:
    known = Case.objects.filter(pk__in=list(cases)).values_list("pk", flat=True)
    WatchSource.objects.bulk_create(WatchSource(entry=entry, case_id=case) for case in known)


def live_entry(identifier: Identifier) -> WatchEntry | None:
    """Return the entry that an identifier has now, proposed or confirmed."""
    return WatchEntry.objects.filter(
        kind=identifier.kind, value=identifier.value, state__in=LIVE
    ).first()


def stored_identifier(text: str) -> Identifier | None:
    """Return what a case shows as kind:value; None when no case has it so."""
    kind, _, value = text.strip().partition(":")
    is_known = SeenIdentifier.objects.filter(kind=kind, value=value).exists()
    return Identifier(Kind(kind), value) if is_known else None
