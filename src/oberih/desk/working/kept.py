"""Views of the queue that a member keeps under a name and a key from 6 to 9."""

from collections.abc import Sequence

from django.db import transaction
from django.http import QueryDict

from oberih.desk.models import SavedView
from oberih.desk.selectors import read_view
from oberih.desk.working.refusals import NoViewName
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

KEYS = range(6, 10)
LONGEST_NAME, LONGEST_QUERY = 40, 400


def kept_views(by: Member) -> Sequence[SavedView]:
    """Return the member's own views by key."""
    return list(SavedView.objects.filter(member=str(by.pk)))


@transaction.atomic
def keep(key: int, *, name: str, query: str, by: Member) -> None:
    """Keep a view of the queue; it replaces the one under that key. Raises NoViewName.

    Only what narrows the queue is kept, so that a view never opens more than its reader may see.
    """
    require(by, Permission.QUEUE_SEE)
    cleaned = " ".join(name.split())[:LONGEST_NAME]
    if not cleaned or key not in KEYS:
        raise NoViewName
    narrowed = read_view(QueryDict(query[:LONGEST_QUERY])).query[:LONGEST_QUERY]
    SavedView.objects.update_or_create(
        member=str(by.pk), key=key, defaults={"name": cleaned, "query": narrowed}
    )


@transaction.atomic
def drop(key: int, *, by: Member) -> None:
    """Keep the view no longer."""
    SavedView.objects.filter(member=str(by.pk), key=key).delete()
