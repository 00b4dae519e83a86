"""What the watch list's pages read: the list with its counts, one entry with its history."""

from dataclasses import dataclass
from datetime import date

from oberih.audit.selectors import events_about
from oberih.desk import acts, words
from oberih.desk.access.visible import may_see
from oberih.desk.families import reporting_seen
from oberih.desk.watch_models import WatchEntry, WatchEpoch
from oberih.desk.watch_services import (
    NoSuchEntry,
    identifier_of,
    is_official,
)
from oberih.desk.watch_states import LIVE, EpochState, ReleasePolicy, WatchId, WatchState
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class WatchPage:
    """The list as members see it: what waits, what counts, what families are given."""

    waiting: tuple[WatchEntry, ...]
    confirmed: tuple[WatchEntry, ...]
    more: int
    published: WatchEpoch | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry with who made it, the families counted behind it, and its history."""

    entry: WatchEntry
    author: str
    confirmer: str
    counted: int
    cases: tuple[str, ...]
    is_own: bool
    is_official_now: bool
    may_be_released: bool
    tactics: tuple[str, ...]
    events: tuple[acts.ShownEvent, ...]


def watch_page(*, by: Member) -> WatchPage:
    """Return the watch list for its page."""
    require(by, Permission.IDENTIFIER_PROPOSE)
    live = WatchEntry.objects.filter(state__in=LIVE)
    confirmed = live.filter(state=WatchState.CONFIRMED).order_by("kind", "value")
    total = confirmed.count()
    return WatchPage(
        waiting=tuple(live.filter(state=WatchState.PROPOSED).order_by("proposed_at")[:MOST_SHOWN]),
        confirmed=tuple(confirmed[:MOST_SHOWN]),
        more=max(0, total - MOST_SHOWN),
        published=WatchEpoch.objects.filter(state=EpochState.PUBLISHED).order_by("number").last(),
    )


def entry_page(entry_id: WatchId, *, by: Member, today: date) -> EntryPage:
    """Return one entry for its page; raises NoSuchEntry."""
    require(by, Permission.IDENTIFIER_PROPOSE)
    entry = WatchEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NoSuchEntry
    names = {str(member.pk): member.name for member in Member.objects.all()}
    sources = entry.sources.filter(may_see(by, through="case__"))
    until = entry.embargoed_until
    has_ended = entry.policy == ReleasePolicy.EMBARGOED and until is not None and until <= today
    return EntryPage(
        entry=entry,
        author=names.get(entry.author, ""),
        confirmer=names.get(entry.confirmer, ""),
        counted=reporting_seen(identifier_of(entry), by=by),
        cases=tuple(sources.values_list("case_id", flat=True)),
        is_own=entry.author == str(by.pk),
        is_official_now=is_official(identifier_of(entry)),
        may_be_released=has_ended and entry.state == WatchState.CONFIRMED,
        tactics=tuple(words.tactic_words(entry.tactics)),
        events=acts.shown(events_about(f"watch {entry.pk}"), names=names),
    )
