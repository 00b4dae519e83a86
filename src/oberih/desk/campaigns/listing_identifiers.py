"""A campaign's numbers proposed for the watch list in one act; another person confirms each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from oberih.alerts.services import Grounds
from oberih.alerts.states import Basis
from oberih.core.errors import BadInput
from oberih.core.identifiers import Identifier, Kind
from oberih.desk.campaigns.page import Page
from oberih.desk.watch_services import Proposal, live_entry, propose
from oberih.desk.watch_states import Confidence, ReleasePolicy
from oberih.staff.models import Member


class NothingChosen(BadInput):
    """Choose at least one number, account or link that is not listed yet."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which of a page's clues to propose, why, and until when."""

    clues: frozenset[int]
    reason: str
    expires_on: date
    now: datetime


def unlisted(page: Page) -> Sequence[int]:
    """Return the page's clues that are not on the watch list and do not wait for it."""
    return [one.row.pk for one in page.clues if live_entry(_identifier(one.row.value)) is None]


def propose_all(page: Page, *, wish: Wish, by: Member, entropy: Callable[[int], bytes]) -> int:
    """Propose what was chosen, for the desk only; return how many. Raises NothingChosen."""
    wanted = [one for one in page.clues if one.row.pk in wish.clues & set(unlisted(page))]
    if not wanted:
        raise NothingChosen
    with transaction.atomic():
        for one in wanted:
            proposal = Proposal(
                identifier=_identifier(one.row.value),
                reason=wish.reason,
                expires_on=wish.expires_on,
                tactics=tuple(page.tactic_codes[:3]),
                cases=tuple(row.case for row in page.rows if row.case),
                confidence=Confidence.LIKELY,
                policy=ReleasePolicy.DESK_ONLY,
                grounds=Grounds(Basis.FAMILIES, families=one.families),
            )
            propose(proposal, by=by, now=wish.now, entropy=entropy)
    return len(wanted)


def _identifier(spelled: str) -> Identifier:
    kind, _colon, value = spelled.partition(":")
    return Identifier(Kind(kind), value)
