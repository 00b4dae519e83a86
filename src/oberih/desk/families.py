"""How many families stand behind something: whoever changed her words is still one family."""

from collections.abc import Iterable

from oberih.core.identifiers import Identifier
from oberih.desk.models import CaseIdentifier, Conversation


def reporting(identifier: Identifier) -> int:
    """Return how many families reported an identifier."""
    found = CaseIdentifier.objects.filter(
        identifier__kind=identifier.kind, identifier__value=identifier.value
    )
    return count(found.values_list("case_id", flat=True))


def count(cases: Iterable[str]) -> int:
    """Return how many families these cases come from."""
    first = first_cases()
    return len({first.get(case, case) for case in cases})


def first_cases() -> dict[str, str]:
    """Return the family's first case for each case in which its conversation goes on.

    A move counts when both sides name each other, as `moves.joined` has it.
    """
    moved = Conversation.objects.exclude(moved_from="")
    came_from = {one.mailbox: (one.case_id, one.moved_from) for one in moved}
    old = Conversation.objects.exclude(moved_to="")
    went_to = {(one.mailbox, one.moved_to): one.case_id for one in old}
    before = {
        case: went_to[old_mailbox, mailbox]
        for mailbox, (case, old_mailbox) in came_from.items()
        if (old_mailbox, mailbox) in went_to
    }
    return {case: _first(case, before=before) for case in before}


def _first(case: str, *, before: dict[str, str]) -> str:
    seen = {case}
    while case in before and before[case] not in seen:
        case = before[case]
        seen.add(case)
    return case
