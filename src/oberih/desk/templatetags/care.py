"""`{% care_of case member %}`: passing a case on, the crisis card, minors, kin kept apart."""

from django import template

from oberih.desk.care.kin import kept_apart_from
from oberih.desk.care.minors import guardian_word
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
        "guardian": guardian_word(CaseId(case.pk), by=member) if case.under18 else "",
        "may_settle": member.may(Permission.CASE_ANSWER),
        "may_take_back": case.under18 and member.may(Permission.CASE_MINORS),
        "may_note": member.may(Permission.CASE_NOTE),
    }
