"""A person's standing in words that hurt nobody: what a family may hear, and what never first.

Death is never first told here; a release or a confirmed captivity only after the competent body
told the family. Until that is recorded, the words are those for "no confirmation yet".
"""

from collections.abc import Iterable

from oberih.register.states import EventType, Status
from oberih.register.statuses import Fact, effective, standing_of

TOLD_FIRST = frozenset({Status.CAPTIVE_CONFIRMED, Status.RELEASED})
SPOKEN = frozenset({Status.MISSING, Status.CLOSED}) | TOLD_FIRST
NEVER_HERE = frozenset({Status.DECEASED_REPORTED, Status.DECEASED_CONFIRMED})


def status_for_family(facts: Iterable[Fact]) -> Status:
    """Return the status that may be spoken of; UNKNOWN stands for "no confirmation yet"."""
    known = effective(facts)
    status = standing_of(known).status
    if status in NEVER_HERE:
        return Status.UNKNOWN
    told = any(one.type is EventType.FAMILY_NOTIFIED and one.is_official for one in known)
    if status in TOLD_FIRST and not told:
        return Status.UNKNOWN
    return status if status in SPOKEN else Status.UNKNOWN
