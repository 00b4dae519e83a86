"""The desk's words for an alert's codes: standing, audience, gravity, findings."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oberih.alerts.checks import Doubt
from oberih.alerts.issuing import area
from oberih.alerts.models import Alert
from oberih.alerts.reading import Level, readings
from oberih.alerts.states import Audience, Certainty, MessageType, Severity, Standing, Urgency
from oberih.desk.words import TACTICS

STANDINGS: dict[str, Promise] = {
    Standing.ACTUAL: _("actual: it is published and sent"),
    Standing.EXERCISE: _("exercise: marked everywhere, in no feed, sent to nobody"),
}
AUDIENCES: dict[str, Promise] = {
    Audience.PUBLIC: _("everyone"),
    Audience.REGION: _("regions"),
    Audience.TACTIC: _("whoever meets this tactic"),
    Audience.SEALED: _("families reached or at risk: sealed into their conversations alone"),
}
URGENCIES: dict[str, Promise] = {
    Urgency.IMMEDIATE: _("at once"),
    Urgency.EXPECTED: _("within days"),
    Urgency.FUTURE: _("later"),
    Urgency.PAST: _("it is over"),
}
SEVERITIES: dict[str, Promise] = {
    Severity.EXTREME: _("life"),
    Severity.SEVERE: _("freedom, health or much money"),
    Severity.MODERATE: _("money or personal details"),
    Severity.MINOR: _("a nuisance"),
}
CERTAINTIES: dict[str, Promise] = {
    Certainty.OBSERVED: _("it was seen"),
    Certainty.LIKELY: _("likely"),
    Certainty.POSSIBLE: _("possible"),
    Certainty.UNLIKELY: _("unlikely"),
}
MESSAGE_TYPES: dict[str, Promise] = {
    MessageType.ALERT: _("alert"),
    MessageType.UPDATE: _("update"),
    MessageType.CANCEL: _("cancellation"),
    MessageType.ALL_CLEAR: _("all clear"),
}
LEVELS: dict[str, Promise] = {
    Level.PLAIN: _("easy to read"),
    Level.MIDDLE: _("takes attention"),
    Level.HARD: _("hard to read: shorter sentences, simpler words"),
}
DOUBTS: dict[str, Promise] = {
    Doubt.IDENTIFIER: _("A number or account is named: is it worth more than what it gives away?"),
    Doubt.NAME: _("This looks like a person's name: leave it out."),
    Doubt.PLACE: _("This is a place smaller than a region: name the region at most."),
    Doubt.UNIT: _("A unit is named: it tells whose family this is."),
    Doubt.DAY: _("A day is named: who was called on it would be recognised."),
    Doubt.COUNT: _("Families are counted: say “several”."),
    Doubt.SENTENCE: _("A long sentence: a frightened person reads short ones."),
    Doubt.WORDS: _("Many long words: say it more simply."),
    Doubt.LENGTH: _("A long text: people read the first lines."),
    Doubt.SEGMENTS: _("As an SMS it needs many segments: shorten the headline or what to do."),
    Doubt.LANGUAGE: _("This language is missing: its page shows the Ukrainian text."),
}


def of(alert: Alert) -> dict[str, object]:
    """Return the words for one alert's codes."""
    language = "uk" if get_language() == "uk" else "en"
    return {
        "message_type": MESSAGE_TYPES[alert.message_type],
        "urgency": URGENCIES[alert.urgency],
        "severity": SEVERITIES[alert.severity],
        "certainty": CERTAINTIES[alert.certainty],
        "audience": AUDIENCES[alert.audience],
        "area": area(alert, language=language),
        "tactic": TACTICS.get(alert.tactic, ""),
        "readings": [(LEVELS[one.level], one) for one in readings(alert.texts)],
    }
