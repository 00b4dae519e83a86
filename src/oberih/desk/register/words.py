"""The register's words for its codes, native in each language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oberih.register.deadlines import DueState
from oberih.register.discrepancies import Rule
from oberih.register.list_columns import Column
from oberih.register.list_models import IssueState, ListKind
from oberih.register.list_rows import Fault
from oberih.register.states import Category, EventType, NameRole, Script, SourceKind, Status

CATEGORIES: dict[str, Promise] = {
    Category.PRISONER: _("prisoner of war"),
    Category.CIVILIAN: _("civilian"),
    Category.UNKNOWN: _("not known yet"),
}

ARTICLES: dict[str, Promise] = {
    "Geneva Convention III, art. 70": _("Geneva Convention III, art. 70"),
    "Geneva Convention IV, art. 136": _("Geneva Convention IV, art. 136"),
}

SOURCE_KINDS: dict[str, Promise] = {
    SourceKind.BUREAU: _("National Information Bureau"),
    SourceKind.RED_CROSS: _("Red Cross"),
    SourceKind.STATE_BODY: _("body of the state"),
    SourceKind.UNIT: _("military unit"),
    SourceKind.FAMILY: _("family"),
    SourceKind.WITNESS: _("released prisoner"),
    SourceKind.DETAINING_SIDE: _("detaining side"),
    SourceKind.INTERMEDIARY: _("intermediary: what they say is a claim"),
    SourceKind.OPEN_SOURCE: _("open source: what it says is a claim"),
}

SCRIPTS: dict[str, Promise] = {
    Script.UKRAINIAN: _("Ukrainian letters"),
    Script.RUSSIAN: _("Russian letters"),
    Script.LATIN: _("Latin letters"),
}

ROLES: dict[str, Promise] = {
    NameRole.MAIN: _("name"),
    NameRole.FORMER: _("former name"),
    NameRole.CALL_SIGN: _("call sign"),
}

EVENTS: dict[str, Promise] = {
    EventType.LAST_CONTACT: _("last contact"),
    EventType.REPORTED_MISSING: _("reported missing"),
    EventType.CAPTURED: _("captured"),
    EventType.DETAINED: _("detained"),
    EventType.ARRIVED_CAMP: _("arrived at a camp"),
    EventType.TRANSFERRED: _("transferred"),
    EventType.HOSPITALISED: _("taken to hospital"),
    EventType.SEEN: _("seen by a released prisoner"),
    EventType.VISITED: _("visited by the Red Cross"),
    EventType.LISTED: _("listed"),
    EventType.CONFIRMED: _("captivity confirmed"),
    EventType.FAMILY_NOTIFIED: _("the family was told by the competent body"),
    EventType.CARD_RECEIVED: _("a card came"),
    EventType.LETTER_SENT: _("a letter was sent"),
    EventType.LETTER_RECEIVED: _("a letter came"),
    EventType.PARCEL_SENT: _("a parcel was sent"),
    EventType.PARCEL_RECEIVED: _("a parcel was acknowledged"),
    EventType.SICK: _("sick"),
    EventType.CHARGED: _("charged"),
    EventType.TRIED: _("tried"),
    EventType.SENTENCED: _("sentenced"),
    EventType.RELEASED: _("released"),
    EventType.EXCHANGED: _("exchanged"),
    EventType.DIED: _("death reported"),
    EventType.REMAINS_RETURNED: _("remains returned"),
    EventType.IDENTIFIED: _("remains identified"),
    EventType.NOT_FOUND: _("answer: no such person"),
    EventType.CLOSED: _("request closed for now"),
    EventType.WITHDRAWN: _("entry withdrawn"),
}

STATUSES: dict[str, Promise] = {
    Status.UNKNOWN: _("nothing confirmed yet"),
    Status.MISSING: _("missing"),
    Status.PRESUMED_CAPTIVE: _("presumed captive, not official"),
    Status.CAPTIVE_CONFIRMED: _("captive, officially confirmed"),
    Status.RELEASED: _("released"),
    Status.DECEASED_REPORTED: _("death reported, not confirmed"),
    Status.DECEASED_CONFIRMED: _("death confirmed"),
    Status.CLOSED: _("closed for now"),
}

NOT_YET = _(
    "No official confirmation yet. This says nothing about whether he is alive. "
    "Confirmation often takes months, for many families longer."
)
FAMILY_SENTENCES: dict[str, Promise] = {
    Status.UNKNOWN: NOT_YET,
    Status.MISSING: NOT_YET,
    Status.CAPTIVE_CONFIRMED: _("Captivity is officially confirmed; the family has been told."),
    Status.RELEASED: _("Release is officially confirmed; the family has been told."),
    Status.CLOSED: _("No further steps for now. The family can reopen the request at any time."),
}

COLUMNS: dict[Column, Promise] = {
    Column.NOTHING: _("leave out"),
    Column.NUMBER: _("number in this source"),
    Column.NAME: _("whole name"),
    Column.SURNAME: _("surname"),
    Column.GIVEN: _("given name"),
    Column.PATRONYMIC: _("patronymic"),
    Column.BORN: _("date of birth"),
    Column.BIRTHPLACE: _("birthplace"),
    Column.SERVICE_NUMBER: _("service number"),
    Column.RANK: _("rank"),
    Column.UNIT: _("unit"),
    Column.PLACE: _("place"),
}

FAULTS: dict[str, Promise] = {
    Fault.NO_NAME: _("there is no name"),
    Fault.BAD_DATE: _("the date cannot be read"),
    Fault.FORMULA: _("begins like a formula of a spreadsheet"),
    Fault.TOO_LONG: _("a cell is longer than 120 letters"),
    Fault.TWICE: _("the same row stands above"),
}

LIST_KINDS: dict[str, Promise] = {
    ListKind.SOUGHT: _("people who are sought"),
    ListKind.LISTED: _("people whom the source lists"),
}

ISSUE_STATES: dict[str, Promise] = {
    IssueState.READ: _("waits for a person"),
    IssueState.APPLYING: _("is being taken in"),
    IssueState.DONE: _("taken in"),
    IssueState.DROPPED: _("dropped"),
}

RULES: dict[str, Promise] = {
    "capture-card": _("a capture card within a week of arrival"),
    "civilian-custody": _("notice of a civilian kept longer than two weeks"),
    "ask-again": _("ask the bureaux again: still unconfirmed"),
    "tell-the-family": _("ask whether the family was told"),
    "long-silence": _("no letter or card for two months"),
    "civilian-change": _("a civilian's transfer or hospital: ask whether the bureau knows"),
    "trial-ahead": _("charged: ask when the trial is"),
    "judgment-told": _("judged: ask the bureau for the judgment"),
    "papers-of-a-death": _("death reported: ask the competent body for the papers"),
}

READINGS: dict[str, Promise] = {
    "capture-card": _(
        "That each transfer starts another week is our reading. "
        "No card known is no proof of a breach."
    ),
    "civilian-custody": _(
        "The duty begins after two weeks of custody; that it is due at once then is our reading."
    ),
    "ask-again": _("Article 122 names no number of days. We ask the bureaux again after these."),
    "tell-the-family": _(
        "What the bureau confirms, the competent body tells the family; we ask after a week."
    ),
    "long-silence": _(
        "Article 71 lets a prisoner write each month. Two months without a letter, and we ask."
    ),
    "civilian-change": _(
        "Article 136 wants the bureau told promptly of every transfer and hospital; "
        "it names no days. We ask after a week."
    ),
    "trial-ahead": _(
        "Article 104 wants the Protecting Power told three weeks before a trial, "
        "or the trial waits. That there is such a Power is not established, "
        "so we only ask in time."
    ),
    "judgment-told": _(
        "Article 107 wants a judgment told to the Protecting Power at once. "
        "That there is such a Power is not established; we ask the bureau after a week."
    ),
    "papers-of-a-death": _(
        "Articles 120 and 121 of Convention III speak of deaths and inquiries; "
        "their text is not checked here. "
        "We ask the competent body; the family hears it from that body alone."
    ),
}

DUE_STATES: dict[str, Promise] = {
    DueState.RUNNING: _("runs"),
    DueState.PERHAPS: _("perhaps overdue"),
    DueState.OVERDUE: _("overdue"),
}

FINDINGS: dict[str, tuple[Promise, Promise]] = {
    Rule.TWO_STATUSES: (
        _("Official sources say two different things of one day."),
        _("Ask both bodies which word stands; record the answer."),
    ),
    Rule.NAME_DIFFERS: (
        _("Two names that no transliteration makes one."),
        _("A slip, a changed name or a namesake: compare the papers, ask the family."),
    ),
    Rule.BORN_DIFFERS: (
        _("Two dates of birth."),
        _("Look for day and month changed over, or a namesake; ask the family."),
    ),
    Rule.NUMBER_DIFFERS: (
        _("Two service numbers, or two units."),
        _("Ask the unit; until then treat them as perhaps two people."),
    ),
    Rule.ORDER: (
        _("The order of days does not fit."),
        _("Look at the dates in the papers themselves; records may be wrong."),
    ),
    Rule.TWO_PLACES: (
        _("Two places on one day."),
        _("Ask which day is sure; a transfer may lie between them."),
    ),
    Rule.NOT_TOLD: (
        _("Confirmed, and no word that the family was told."),
        _("Ask the competent body; until it has told them, say nothing."),
    ),
    Rule.SEEN_AND_NOT_FOUND: (
        _("Seen by a released prisoner, and an answer says there is no such person."),
        _("Such an answer says nothing about him: ask again, with other spellings."),
    ),
    Rule.GONE_FROM_LIST: (
        _("Listed once, not in a later list of the same source."),
        _("That a name is gone says nothing about him: ask the source why."),
    ),
    Rule.CAPTIVE_AND_DEAD: (
        _("Captivity confirmed and death declared."),
        _("Ask both bodies at once. The family hears neither from here."),
    ),
    Rule.ONE_ENTRY_FOR_TWO: (
        _("One entry of an official list is linked to two people here."),
        _("Take one link back: compare birth, father and unit of both."),
    ),
    Rule.SEVERAL_ASK: (
        _("Several people ask for him, each with a request of their own."),
        _("Answer each alone; never let one learn of another."),
    ),
    Rule.CLAIM_ALONE: (
        _("An intermediary claims what no official source says."),
        _("It stays a claim. Ask the bureaux; tell no one, pay nothing."),
    ),
    Rule.CLAIM_REPEATS: (
        _("A claim repeats only what was posted in public."),
        _("It proves nothing: whoever reads the channel can say it."),
    ),
    Rule.PARCEL_ODD: (
        _("A parcel acknowledged before it was sent, or where he no longer was."),
        _("Ask the carrier for the paper; look at the days of the transfer."),
    ),
    Rule.CONSENT_OVER: (
        _("A consent has ended."),
        _("Ask again before anything goes to anyone."),
    ),
}
