"""What happens in a merged case is the business of the case in which it is worked on."""

from datetime import datetime

from oberih.desk.models import Case
from oberih.desk.states import CaseState


def to_main(case: Case, *, at: datetime) -> None:
    """Bring the main case back to the queue when the family writes into a merged one.

    The merged case stays closed; the caller saves it. Part of the caller's transaction.
    """
    if not case.merged_into:
        return
    main = Case.objects.select_for_update().get(pk=case.merged_into)
    main.urgency = min(main.urgency, case.urgency)
    main.waiting_since = main.waiting_since or at
    main.state = CaseState.NEW if main.state == CaseState.NEW else CaseState.OPEN
    main.version += 1
    main.save(update_fields=["urgency", "waiting_since", "state", "version"])
    case.state, case.waiting_since = CaseState.CLOSED, None


def urgency_to_main(case: Case) -> None:
    """Let a merged case that became more urgent raise the case in which it is worked on.

    Part of the caller's transaction.
    """
    if not case.merged_into:
        return
    main = Case.objects.select_for_update().get(pk=case.merged_into)
    if main.urgency <= case.urgency:
        return
    main.urgency = case.urgency
    main.version += 1
    main.save(update_fields=["urgency", "version"])
