"""What a verified relative is told, as one text in her language: status, next step, what to send.

Every sentence stands in the desk's catalogue. None is about death, none promises anything.
"""

from datetime import date

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from oberih.desk.register.words import NOT_YET
from oberih.register.family_news import FamilyView, OwnConsignment
from oberih.register.states import Status

LANGUAGES = ("uk", "en", "ru")
"""Those of the families' pages; the desk itself has no Russian, so only these words have."""

CHECKED = gettext_noop("Last checked: %(day)s.")
TOLD = {
    Status.CAPTIVE_CONFIRMED: gettext_noop(
        "Captivity is officially confirmed. The competent body told you on %(day)s."
    ),
    Status.RELEASED: gettext_noop(
        "Release is officially confirmed. The competent body told you on %(day)s."
    ),
}
CLOSED = gettext_noop("No further steps for now. You can reopen the request at any time.")
STEPS = {
    Status.UNKNOWN: gettext_noop(
        "Next step: we ask the bureaux again. You need do nothing for this."
    ),
    Status.CAPTIVE_CONFIRMED: gettext_noop(
        "Next step: write through the Red Cross or the National Information Bureau. "
        "If he writes or says strange things, he may have been forced; do not blame him."
    ),
    Status.RELEASED: gettext_noop(
        "Next step: rest. If strangers still write to either of you, tell us."
    ),
}
SEND = gettext_noop(
    "What helps us: another spelling of the name, the date of birth as in the passport, "
    "the service number. Send nothing about positions or comrades."
)
ANYONE = gettext_noop(
    "Whoever offers news for money or a favour does not have it. Do not answer; tell us."
)
ARRIVED = gettext_noop("%(what)s of %(day)s: arrived, and there is proof.")
STATED = gettext_noop("%(what)s of %(day)s: a letter says that it came. That is not proof.")
NO_PROOF = gettext_noop(
    "%(what)s of %(day)s: no proof of arrival yet. That does not mean that it is lost."
)
KINDS = {
    "letter": gettext_noop("Letter"),
    "parcel": gettext_noop("Parcel"),
    "transfer": gettext_noop("Transfer"),
}


def family_text(view: FamilyView, *, language: str, today: date) -> str:
    """Return the text; a language that the desk has no words in gets Ukrainian."""
    with translation.override(language if language in LANGUAGES else "uk"):
        parts = [*_status(view, today=today), _step(view.status)]
        parts += [_consignment(one) for one in view.consignments]
        if view.status is not Status.RELEASED:
            parts.append(_(SEND))
        return "\n\n".join([*filter(None, parts), _(ANYONE)])


def _status(view: FamilyView, *, today: date) -> list[str]:
    if view.status in TOLD and view.told_on is not None:
        return [_(TOLD[view.status]) % {"day": _day(view.told_on)}]
    if view.status is Status.CLOSED:
        return [_(CLOSED)]
    return [f"{_said(NOT_YET)} {_(CHECKED) % {'day': _day(today)}}"]


def _step(status: Status) -> str:
    if status is Status.CLOSED:
        return ""
    return _(STEPS.get(status, STEPS[Status.UNKNOWN]))


def _consignment(one: OwnConsignment) -> str:
    sentence = ARRIVED if one.is_proven else STATED if one.is_stated else NO_PROOF
    return _(sentence) % {"what": _(KINDS[one.kind]), "day": _day(one.sent_on)}


def _said(text: Promise) -> str:
    return str(text)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
