"""What every page of the desk knows of the sign-in."""

from django.conf import settings
from django.http import HttpRequest

from oberih.staff.models import Member
from oberih.staff.roles import Permission

HOW = "signed_in_by"
BY_DEMO_LINK = "demo link"


def sign_in(request: HttpRequest) -> dict[str, object]:
    """Return whether the session came from a demo link, whether this is training, who sees whom."""
    session = getattr(request, "session", None)
    member = getattr(request, "user", None)
    return {
        "is_demo_sign_in": session is not None and session.get(HOW) == BY_DEMO_LINK,
        "is_training": settings.TRAINING,
        "may_see_staff": isinstance(member, Member) and member.may(Permission.STAFF_SEE),
    }
