"""`{% case_links case member %}`: what a case is linked with, for its page."""

from django import template

from oberih.desk.campaigns.case_links import CaseLinks, case_links
from oberih.desk.models import Case
from oberih.staff.models import Member

register = template.Library()


@register.inclusion_tag("campaigns/case_links.html", name="case_links")
def _shown(case: Case, member: Member) -> dict[str, CaseLinks | None]:
    return {"links": case_links(case.pk, by=member)}
