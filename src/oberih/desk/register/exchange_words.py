"""The words for letters, the ledger, claims, news and exports, native in each language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oberih.desk.register.words import EVENTS
from oberih.register.claim_check import Verdict
from oberih.register.exchange_states import Condition, ConsignmentKind, Paper, Proof, Purpose
from oberih.register.states import EventType

PURPOSES: dict[str, Promise] = {
    Purpose.TRACING: _("tracing: the bureaux and the Red Cross"),
    Purpose.LEGAL_AID: _("legal aid"),
    Purpose.MONITORS: _("human rights monitors of the UN"),
    Purpose.PROSECUTOR: _("prosecutor"),
}

CONSIGNMENTS: dict[str, Promise] = {
    ConsignmentKind.LETTER: _("letter"),
    ConsignmentKind.PARCEL: _("parcel"),
    ConsignmentKind.TRANSFER: _("money transfer"),
}

PROOFS: dict[str, Promise] = {
    Proof.CARRIER: _("the carrier's paper"),
    Proof.RED_CROSS: _("the Red Cross says so"),
    Proof.WITNESS: _("a released prisoner says so"),
    Proof.STATED: _("stated in a letter: his letters are censored, this is no proof"),
}

CONDITIONS: dict[str, Promise] = {
    Condition.NOTHING: _("nothing said"),
    Condition.WELL: _("well"),
    Condition.SICK: _("sick or wounded"),
    Condition.DEAD: _("dead"),
}

PAPERS: dict[str, Promise] = {
    Paper.NOTHING: _("none"),
    Paper.LETTER: _("a letter"),
    Paper.CARD: _("a capture card"),
    Paper.LIST: _("a list with his name"),
}

VERDICTS: dict[str, Promise] = {
    Verdict.FITS: _("Fits what is recorded. That proves nothing: the caller may know it from him."),
    Verdict.DOES_NOT: _(
        "Does not fit what is recorded. Records may be wrong; people who returned call too."
    ),
    Verdict.PUBLIC: _("Only repeats what was posted in public."),
    Verdict.NOTHING: _("Nothing is recorded to compare it with. That says nothing."),
}

VERIFIED: dict[str, Promise] = {
    "in person": _("in person, with documents"),
    "official cabinet": _("through an official cabinet"),
}

CLAIMED_EVENTS: dict[str, Promise] = {
    one.value: EVENTS[one]
    for one in (
        EventType.SEEN,
        EventType.CAPTURED,
        EventType.DETAINED,
        EventType.TRANSFERRED,
        EventType.LISTED,
        EventType.SICK,
        EventType.CHARGED,
        EventType.TRIED,
        EventType.EXCHANGED,
        EventType.DIED,
    )
}
"""What a post may be recorded as claiming."""
