"""What the published list says now: public entries that have not expired, and official contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from oberih.core import canonical
from oberih.core.canonical import Json
from oberih.core.identifiers import Identifier
from oberih.core.official import is_same_line, numbers_file, official_numbers
from oberih.crypto.watchlist import Answer, Verdict
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_services import identifier_of
from oberih.desk.watch_states import ReleasePolicy, WatchState


@dataclass(frozen=True, slots=True)
class Listed:
    """One identifier of the published list with what families are told of it."""

    identifier: Identifier
    verdict: Verdict


def contents(*, today: date) -> list[Listed]:
    """Return the list in a fixed order; embargoed and desk-only entries are never in it."""
    official = official_contacts(today=today)
    reported = [
        Listed(identifier_of(entry), Verdict(Answer.REPORTED, tuple(entry.tactics)))
        for entry in _public(Answer.REPORTED, today=today)
    ]
    values = {one.value for one in official}
    kept = [one for one in reported if not _belongs_to(one.identifier, official, values=values)]
    answers = [Listed(one, Verdict(Answer.OFFICIAL)) for one in official]
    return sorted([*answers, *kept], key=lambda one: one.identifier)


def official_contacts(*, today: date) -> dict[Identifier, dict[str, str]]:
    """Return whose each official number is: those of the numbers file, then the desk's own."""
    found = {identifier: dict(names) for identifier, names in official_numbers().items()}
    for entry in _public(Answer.OFFICIAL, today=today):
        found.setdefault(identifier_of(entry), dict(entry.names))
    return found


def numbers_body(*, today: date) -> Json:
    """Return what numbers.note says: the numbers file, and every official identifier by name."""
    official: list[Json] = [
        {"identifier": str(identifier), "name": dict(names)}
        for identifier, names in sorted(official_contacts(today=today).items())
    ]
    return {**numbers_file(), "official": official}


def digest(listed: Sequence[Listed]) -> str:
    """Return what changes exactly when the list changes."""
    spelled: list[Json] = [
        [str(one.identifier), one.verdict.answer.value, list(one.verdict.tactics)] for one in listed
    ]
    return sha256(canonical.encode(spelled)).hexdigest()


def _public(answer: Answer, *, today: date) -> list[WatchEntry]:
    return list(
        WatchEntry.objects.filter(
            state=WatchState.CONFIRMED,
            policy=ReleasePolicy.PUBLIC,
            answer=answer,
            expires_on__gt=today,
        )
    )


def _belongs_to(
    identifier: Identifier, official: dict[Identifier, dict[str, str]], *, values: set[str]
) -> bool:
    """Tell whether it became official after it was listed; comparing all would take too long."""
    return identifier.value in values and any(is_same_line(identifier, one) for one in official)
