"""The desk's words for codes: tactics, stages, states, routes, bands, outcomes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oberih.audit.acts import Act
from oberih.crypto.message import ReplyKind, ReportKind
from oberih.desk.states import Band, CaseState, Outcome, ReplyState

BANDS: dict[str, Promise] = {
    Band.STOP: _("Stop: a demand"),
    Band.WARNING: _("Warning: a pattern"),
    Band.VERIFY: _("Cannot tell: verify it"),
    Band.NONE: _("No known sign"),
}

ROUTES: dict[str, Promise] = {
    "coercion": _("coercion"),
    "fraud": _("another fraud"),
    "official": _("official claim"),
    "none": _("no route"),
}

STATES: dict[str, Promise] = {
    CaseState.NEW: _("new"),
    CaseState.OPEN: _("open"),
    CaseState.WAITING: _("waiting for the family"),
    CaseState.CLOSED: _("closed for now"),
}

REPLY_STATES: dict[str, Promise] = {
    ReplyState.WAITING: _("leaves in a moment"),
    ReplyState.SEALED: _("sealed, on its way to the mailbox"),
    ReplyState.DELIVERED: _("in the mailbox"),
    ReplyState.WITHDRAWN: _("taken back"),
}

KINDS: dict[str, Promise] = {
    ReportKind.REPORT: _("report"),
    ReportKind.NOTE: _("message"),
    ReportKind.STOP_WRITING: _("asks not to be written to"),
    ReportKind.DELETE: _("deleted the conversation"),
    ReportKind.MOVE: _("changed the words"),
    ReportKind.SUBSCRIBE: _("subscription"),
    ReplyKind.RECEIVED: _("automatic: the desk has it"),
    ReplyKind.STATUS: _("automatic: status"),
    ReplyKind.REPLY: _("reply"),
}

OUTCOMES: dict[str, Promise] = {
    Outcome.CANNOT_OPEN: _("A message could not be opened and was refused."),
    Outcome.MALFORMED: _("A message had a wrong form and was refused."),
    Outcome.BAD_SIGNATURE: _("A message was not signed by this reporter and was refused."),
    Outcome.NUMBER_TWICE: _(
        "Refused: two different messages with one number. The first one stands."
    ),
    Outcome.UNKNOWN_MAILBOX: _("A message came without its beginning and was refused."),
}

STAGES: tuple[Promise, ...] = (
    _("before contact"),
    _("approach"),
    _("hook and profile"),
    _("isolation"),
    _("a “harmless” task"),
    _("a demand: crime or money"),
    _("threat, proof of the deed"),
    _("again: blackmail"),
)

TACTICS: dict[str, Promise] = {
    "P1": _("poses as a former cellmate"),
    "P2": _("poses as an exchange body"),
    "P3": _("a handler with a first name only"),
    "P4": _("an intermediary with connections"),
    "P5": _("poses as a volunteer, journalist or mission"),
    "P6": _("poses as a doctor, police or investigator"),
    "P7": _("the prisoner himself, forced"),
    "H1": _("promises a call or a letter"),
    "H2": _("promises better conditions"),
    "H3": _("promises the exchange list"),
    "H4": _("announces a change of status"),
    "H5": _("promises easy money"),
    "X1": _("proof that nobody can check"),
    "X2": _("refuses a proof question"),
    "X3": _("voice or screams as proof"),
    "D1": _("collects personal details"),
    "I1": _("tell no one"),
    "I2": _("stay on the line"),
    "I3": _("delete the chat"),
    "I4": _("move to another app"),
    "T1": _("asks for a protest under a false name"),
    "T2": _("asks for mass letters with proof"),
    "T3": _("asks to spread “instructions”"),
    "T4": _("a readiness test"),
    "C1": _("demands arson"),
    "C2": _("demands damage to a relay cabinet"),
    "C3": _("demands damage to a tower"),
    "C4": _("demands positions or air defence"),
    "C5": _("a parcel to carry"),
    "C6": _("a satellite terminal in their own name"),
    "C7": _("a SIM, card or document"),
    "C8": _("demands a film of it"),
    "M1": _("a fee for the list"),
    "M2": _("money for a hospital"),
    "M3": _("a fee for a parcel"),
    "M4": _("a fee for a status"),
    "M5": _("ransom"),
    "M6": _("money over a “treason case”"),
    "M7": _("card number or code"),
    "K1": _("blames the family"),
    "K2": _("threatens the prisoner's life"),
    "K3": _("threatens another relative"),
    "K4": _("threatens with the law"),
    "$": _("names a way to pay"),
}


GRAVITY = "CKMTIXDHP$"
"""Crimes, threats, money, small tasks, isolation, proof, profile, hooks, roles, means."""


def tactic_words(codes: list[str]) -> list[str]:
    """Return the tactics in plain words, the gravest first; an unknown code stands for itself."""
    ordered = sorted(codes, key=lambda code: (GRAVITY.find(code[0]) % len(GRAVITY), code))
    return [str(TACTICS.get(code, code)) for code in ordered]


ACTS: dict[str, Promise] = {
    Act.REPORT_FILED: _("a report was filed"),
    Act.REPORT_REFUSED: _("an envelope was refused"),
    Act.REPORT_HELD: _("an envelope waits for its beginning"),
    Act.NOTE_FILED: _("a message was filed"),
    Act.ATTACHMENT_FILED: _("an attachment was filed"),
    Act.ATTACHMENT_SHOWN: _("looked at an attachment"),
    Act.CASE_OPENED: _("opened the case"),
    Act.CASE_ASSIGNED: _("set the owner"),
    Act.CASE_ANSWERED: _("replied"),
    Act.CASE_NOTED: _("wrote an internal note"),
    Act.CASE_CLOSED: _("closed the case"),
    Act.CASE_REOPENED: _("opened the case again"),
    Act.REPLY_TAKEN_BACK: _("took a reply back"),
    Act.CASE_PRELOADED: _("fetched the case ahead"),
    Act.CASE_UNDONE: _("took an act back"),
    Act.CASE_MOVED: _("gave the case to another team"),
    Act.CONSENT_RECORDED: _("recorded what the family allows"),
    Act.CONSENT_WITHDRAWN: _("recorded that the family allows it no longer"),
    Act.REFERRAL_MADE: _("passed a package to another body"),
    Act.REFERRAL_ACCEPTED: _("noted that the other body took it up"),
    Act.REFERRAL_DONE: _("noted that the other body has done it"),
    Act.REFERRAL_REVOKED: _("called a referral back"),
    Act.DANGER_DECLARED: _("declared danger to life"),
    Act.DANGER_CONFIRMED: _("confirmed danger to life as the second person"),
    Act.DANGER_REFUSED: _("did not confirm danger to life"),
    Act.TASK_ADDED: _("added a task"),
    Act.TASK_SETTLED: _("settled a task"),
    Act.REMINDER_SET: _("set a reminder"),
    Act.REMINDER_RETURNED: _("a reminder brought the case back"),
    Act.REMINDER_ENDED: _("dropped a reminder"),
    Act.TRANSFER_OFFERED: _("offered the case to another team"),
    Act.TRANSFER_ACCEPTED: _("took the case over for their team"),
    Act.TRANSFER_REJECTED: _("did not take the case over"),
    Act.TRANSFER_WITHDRAWN: _("took an offer back"),
    Act.CASE_MERGED: _("merged the case into another"),
    Act.CASE_UNMERGED: _("took merged cases apart"),
    Act.ORIGINAL_GRANTED: _("gave access to originals"),
    Act.ORIGINAL_TAKEN: _("took the original of an attachment"),
    Act.CASE_GRANTED: _("gave access to the case"),
    Act.GRANT_ENDED: _("ended an access"),
    Act.MINORS_GRANTED: _("gave access to minors' cases"),
    Act.IDENTITY_KEPT: _("wrote down who the family is"),
    Act.IDENTITY_SHOWN: _("looked at who the family is"),
    Act.IDENTITY_GRANTED: _("gave access to who the family is"),
    Act.GLASS_ASKED: _("asked to break the glass"),
    Act.GLASS_BROKEN: _("agreed to break the glass"),
    Act.GLASS_REFUSED: _("refused to break the glass"),
    Act.GLASS_NOTICED: _("looked at a broken glass"),
    Act.OPENINGS_ASKED: _("asked to open more cases"),
    Act.OPENINGS_EXTENDED: _("let a colleague open more cases"),
    Act.OPENINGS_REFUSED: _("refused more cases to a colleague"),
    Act.PASSKEY_SHOWN: _("showed a passkey again"),
    Act.ROLE_ASKED: _("proposed another role"),
    Act.MEMBER_ROLE_CHANGED: _("agreed to another role"),
    Act.TEAM_JOINED: _("put a member into a team"),
    Act.TEAM_LEFT: _("took a member out of a team"),
    Act.DEVICE_WAITING: _("came from a new device"),
    Act.DEVICE_APPROVED: _("let a new device in"),
    Act.DEVICE_REFUSED: _("refused a new device"),
    Act.SESSION_LOCKED: _("was locked after a pause"),
    Act.REQUESTER_VERIFIED: _("recorded who the requester is"),
    Act.WORDS_DECLARED_KNOWN: _("noted that the words were read out"),
    Act.CONVERSATION_DELETED: _("the reporter deleted the conversation"),
    Act.CONVERSATION_MOVED: _("the reporter changed the words; the old mailbox is emptied"),
    Act.ALERT_DRAFTED: _("drafted an alert"),
    Act.ALERT_APPROVED: _("approved an alert"),
    Act.ALERT_REJECTED: _("rejected an alert"),
    Act.ALERT_PUBLISHED: _("published an alert"),
    Act.ALERT_CANCELLED: _("cancelled an alert"),
    Act.ALERT_SEALED: _("sent an alert into conversations"),
    Act.SUBSCRIPTION_ASKED: _("a subscription was asked for"),
    Act.SUBSCRIPTION_CONFIRMED: _("a subscription was confirmed"),
    Act.SUBSCRIPTION_ENDED: _("a subscription was ended and forgotten"),
    Act.SUBSCRIPTION_SHOWN: _("looked at what is held about a subscriber"),
    Act.IDENTIFIER_PROPOSED: _("proposed an identifier for the watch list"),
    Act.IDENTIFIER_CONFIRMED: _("confirmed an identifier"),
    Act.IDENTIFIER_RELEASED: _("released an identifier from its embargo"),
    Act.IDENTIFIER_REJECTED: _("rejected a proposed identifier"),
    Act.IDENTIFIER_RETIRED: _("took an identifier off the watch list"),
    Act.WATCH_LIST_PUBLISHED: _("published the watch list"),
    Act.LINK_JUDGED: _("judged a link between two cases"),
    Act.LINK_GRANTED: _("opened our side of linked cases to other teams"),
    Act.CLUE_JUDGED: _("judged a number, an account or a way to pay"),
    Act.CAMPAIGN_CONFIRMED: _("confirmed a campaign"),
    Act.CAMPAIGN_RENAMED: _("renamed a campaign"),
    Act.CAMPAIGN_GREW: _("confirmed cases that were linked with a campaign since"),
    Act.CAMPAIGN_MERGED: _("merged a campaign into another"),
    Act.CAMPAIGN_UNMERGED: _("took a merged campaign out again"),
    Act.CAMPAIGN_ENDED: _("took a campaign's name away"),
    Act.CAMPAIGN_EXPORTED: _("exported a campaign"),
    Act.CAMPAIGNS_REBUILT: _("linked all cases anew"),
    Act.QUARANTINE_RELEASED: _("let a flood's reports count"),
    Act.QUARANTINE_HELD: _("held a flood's reports apart again"),
    Act.FLOOD_SET_APART: _("called a flood's reports fakes"),
    Act.FLOOD_TAKEN_BACK: _("linked a flood's reports again"),
    Act.CLAIM_NOTED: _("noted whom or what place the stranger names"),
    Act.CLAIM_REMOVED: _("removed a person or place that was noted"),
    Act.SOURCE_ADDED: _("added a source to the register"),
    Act.PERSON_ADDED: _("added a person to the register"),
    Act.PERSON_SHOWN: _("opened a person of the register"),
    Act.SPELLING_ADDED: _("added a spelling of a name"),
    Act.EVENT_RECORDED: _("recorded an event in the register"),
    Act.REGISTER_SEARCHED: _("searched the register"),
    Act.REQUESTER_ADDED: _("wrote down who asks for a person"),
    Act.REQUESTER_SHOWN: _("looked at who asks for a person"),
    Act.REGISTER_LINK_JUDGED: _("judged whether a listed row is a person of the register"),
    Act.REGISTER_LINK_SHOWN: _("compared a listed row with a person of the register"),
    Act.LIST_READ: _("read a list for the register"),
    Act.LIST_CONFIRMED: _("confirmed what a list's columns say"),
    Act.LIST_IMPORTED: _("took a list into the register"),
    Act.LIST_DROPPED: _("dropped a list that was read"),
    Act.LETTER_WRITTEN: _("wrote a letter to a bureau"),
    Act.LETTER_TAKEN: _("took a letter to a bureau out"),
    Act.CONSIGNMENT_RECORDED: _("recorded a letter, parcel or transfer"),
    Act.NEWS_DRAFTED: _("prepared news for a family"),
    Act.NEWS_RELEASED: _("released news to a family"),
    Act.NEWS_WITHDRAWN: _("withdrew prepared news"),
    Act.CLAIM_ENTERED: _("entered what a caller claimed"),
    Act.CLAIM_CHECKED: _("compared a claim with the register"),
    Act.QUESTION_SEALED: _("sealed a proof question"),
    Act.QUESTION_USED: _("opened a proof question"),
    Act.RECORD_EXPORTED: _("exported a record with consent"),
    Act.REQUESTER_ERASED: _("erased who asked for a person"),
    Act.ERASURE_ASKED: _("asked a second person to erase somebody"),
    Act.ERASURE_WITHDRAWN: _("withdrew that somebody be erased"),
    Act.PERSON_ERASED: _("erased a person of the register"),
    Act.WITNESS_KEPT: _("kept apart who a witness is"),
    Act.WITNESS_GRANTED: _("let a member see who a witness is"),
    Act.WITNESS_SHOWN: _("looked at who a witness is"),
    Act.WITNESS_WITHDRAWN: _("erased who a witness is"),
    Act.REQUESTER_PROVEN: _("recorded how a requester was verified"),
    Act.CARD_READ: _("read a capture card into the register"),
    Act.POSTS_READ: _("read an exported channel"),
    Act.POST_JUDGED: _("judged a post of a channel"),
    Act.MEMBER_INVITED: _("invited a member"),
    Act.MEMBER_JOINED: _("joined the desk"),
    Act.MEMBER_SIGNED_IN: _("signed in"),
    Act.MEMBER_SIGNED_IN_BY_DEMO_LINK: _("signed in by a demo link"),
    Act.MEMBER_SIGNED_OUT: _("signed out"),
    Act.BACKUP_MADE: _("made a backup"),
    Act.COURIER_FENCED: _("took over collecting"),
    Act.CASE_PASSED_ON: _("passed the case on"),
    Act.CASE_RAISED: _("the second reader raised the case"),
    Act.SHIFT_PRINTED: _("took the shift's hand-over on paper"),
    Act.TALK_HELD: _("talked with a colleague"),
    Act.COMPLAINT_MADE: _("a complaint was sealed away"),
    Act.COMPLAINT_TAKEN: _("took a sealed complaint away"),
    Act.COMPLAINT_PLACED: _("asked which case a complaint is about"),
    Act.MINOR_NOTED: _("noted that somebody is under 18"),
    Act.MINOR_TAKEN_BACK: _("noted that somebody is of age after all"),
    Act.GUARDIAN_SETTLED: _("kept what was agreed about telling a guardian"),
    Act.KIN_KEPT_APART: _("noted kin in dispute: never one case"),
    Act.CALL_TAKEN: _("took a call and read its words out"),
    Act.CALL_NOT_SENT: _("could not send a call"),
    Act.FORMS_PRINTED: _("took blank forms on paper"),
    Act.FIGURES_MADE: _("made a month's figures"),
    Act.FIGURES_RELEASED: _("released a month's figures"),
    Act.KEYS_UNLOCKED: _("unlocked the keys"),
    Act.KEYS_LOCKED: _("locked the keys"),
}

COURIER_TROUBLES: dict[str, Promise] = {
    "FrontAway": _("The front does not answer; the courier tries again and again."),
    "FrontRefused": _("The front refuses this desk's courier: check the courier's key there."),
    "FencedOff": _("Another desk collects now. This one takes nothing from the front."),
    "Locked": _("The courier waits until the keys are unlocked."),
    "RingAway": _("The courier waits for the ring."),
    "form": _("Something in the form is missing."),
}

FORBIDDEN: dict[str, Promise] = {
    "NotAlone": _("do not write"),
    "ConversationDeleted": _("deleted by the family"),
    "WordsChanged": _("goes on in another case"),
    "WordsMustChange": _("waits for new words"),
}
"""Why nothing may be written, as a list says it; by the name of the refusal."""

RAISED_BY_BOTH = _(
    "The second reader (a program) raised this: the first one alone answered “%(band)s”."
)
READ_BY_BOTH = _("The second reader (a program) has read this too and found nothing graver.")
NOT_READ_BY_BOTH = _("The second reader (a program) has not read everything here yet.")

GAP = _("A message before this one is missing.")


def raised_from(band: str) -> str:
    """Return the sentence that says that both readers raised what one had answered."""
    return str(RAISED_BY_BOTH) % {"band": BANDS[band]}


def missing_parts(count: int) -> str:
    """Return the sentence that says how many parts of a message have not arrived."""
    return ngettext(
        "%(count)d part has not arrived yet.", "%(count)d parts have not arrived yet.", count
    ) % {"count": count}
