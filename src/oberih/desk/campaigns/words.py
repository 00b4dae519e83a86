"""Reasons, verdicts and ways of contact in the desk's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oberih.campaigns.network import Why
from oberih.campaigns.states import Reason, Verdict

REASONS: dict[str, Promise] = {
    Reason.IDENTIFIER: _("the same number, account or link"),
    Reason.PAYMENT: _("the same way to pay"),
    Reason.FILE: _("the same picture or voice file"),
    Reason.PICTURE: _("the same picture, or one that hardly differs"),
    Reason.PATTERN: _("the same tactics and steps within two weeks"),
    Reason.PERSON: _("the same person claimed"),
    Reason.PLACE: _("the same place claimed"),
    Reason.WORDS: _("the same words"),
    Reason.SCRIPT: _("one script in other words"),
}

VERDICTS: dict[str, Promise] = {
    Verdict.ACCEPTED: _("belongs together"),
    Verdict.REJECTED: _("kept apart"),
    Verdict.UNSURE: _("not sure"),
}

CHANNELS: dict[str, Promise] = {
    "telegram": _("Telegram"),
    "viber": _("Viber"),
    "whatsapp": _("WhatsApp"),
    "signal": _("Signal"),
    "email": _("e-mail"),
    "phone": _("phone"),
    "url": _("link"),
}


def why_words(why: Why) -> str:
    """Return one reason as a sentence: what is shared, and by how many."""
    said = str(REASONS[why.reason])
    if why.reason in {Reason.IDENTIFIER, Reason.PAYMENT}:
        said = f"{said}: {why.value.partition(':')[2]}"
    if why.reason in {Reason.PERSON, Reason.PLACE}:
        said = f"{said}: {why.value}"
    if why.reason == Reason.SCRIPT:
        said += " · " + ngettext(
            "%(n)d word in common, rare ones weigh more",
            "%(n)d words in common, rare ones weigh more",
            why.words,
        ) % {"n": why.words}
    if why.families:
        said += " · " + ngettext("%(n)d family", "%(n)d families", why.families) % {
            "n": why.families
        }
    return said
