"""What every page of the desk knows of the sign-in."""

from django.http import HttpRequest

HOW = "signed_in_by"
BY_DEMO_LINK = "demo link"


def sign_in(request: HttpRequest) -> dict[str, object]:
    """Return whether the session came from a demo link, for the notice on every page."""
    session = getattr(request, "session", None)
    return {"is_demo_sign_in": session is not None and session.get(HOW) == BY_DEMO_LINK}
