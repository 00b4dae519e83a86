"""`{% care_of case member %}`: passing a case on, the crisis card, kin kept apart."""

from django import template

from oberih.desk.care.kin import kept_apart_from
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Permission

register = template.Library()


@register.inclusion_tag("care/of_case.html", takes_context=True, name="care_of")
def _care_of(context: template.Context, case: Case, member: Member) -> dict[str, object]:
    return {
        "case": case,
        "csrf_token": context.get("csrf_token"),
        "apart": kept_apart_from(CaseId(case.pk), by=member),
        "may_pass_on": member.may(Permission.CASE_ANSWER) and case.owner in {"", str(member.pk)},
        "may_note": member.may(Permission.CASE_NOTE),
    }
