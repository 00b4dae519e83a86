"""`{% call_card case member %}`: the card of the call from which a case came."""

from django import template

from oberih.desk.calls.taking import call_of
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member

register = template.Library()


@register.inclusion_tag("calls/of_case.html")
def call_card(case: Case, member: Member) -> dict[str, object]:
    """Return what the card shows; nothing for a case that no call began."""
    return {"call": call_of(CaseId(case.pk), by=member)}
