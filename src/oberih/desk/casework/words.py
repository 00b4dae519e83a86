"""Words for the states of the work on a case."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oberih.desk.casework.models import ConsentHow, DangerState, ReferralState
from oberih.desk.casework.packages import bodies, items_of_packages

REFERRAL_STATES: dict[str, Promise] = {
    ReferralState.SENT: _("passed on"),
    ReferralState.ACCEPTED: _("taken up"),
    ReferralState.DONE: _("done"),
    ReferralState.REVOKED: _("called back"),
}
DANGER_STATES: dict[str, Promise] = {
    DangerState.DECLARED: _("waits for a second person"),
    DangerState.CONFIRMED: _("confirmed by two people"),
    DangerState.REFUSED: _("not confirmed"),
}
HOWS: dict[str, Promise] = {
    ConsentHow.IN_CONVERSATION: _("in this conversation"),
    ConsentHow.BY_PHONE: _("by phone, read aloud"),
    ConsentHow.ON_PAPER: _("on paper, signed"),
    ConsentHow.IN_PERSON: _("in person"),
}


def tongue_of(language: str) -> str:
    """Return the language in which the files name bodies and items for a member."""
    return "en" if language == "en" else "uk"


def body_name(code: str, *, language: str) -> str:
    """Return a body's name; one that is no longer in the file keeps its code."""
    found = bodies().get(code)
    return found.name[tongue_of(language)] if found else code


def item_names(codes: Iterable[str], *, language: str) -> tuple[str, ...]:
    """Return the names of items."""
    known = items_of_packages()
    return tuple(known[code].name[tongue_of(language)] for code in codes if code in known)
