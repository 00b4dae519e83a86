"""What the alert's pages take from a form, parsed once."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oberih.alerts.services import Draft, Grounds, Words
from oberih.alerts.states import (
    AlertId,
    Audience,
    Basis,
    Certainty,
    MessageType,
    Severity,
    Standing,
    Urgency,
)
from oberih.alerts.values import Follows, Gravity, Reach, Timing
from oberih.core.regions import region_names
from oberih.desk import alert_words
from oberih.desk.forms import ReleaseForm
from oberih.desk.words import TACTICS

LANGUAGES = ("uk", "en", "ru")
BASES = [
    (Basis.FAMILIES.value, _("three or more unrelated families report it")),
    (Basis.OTHER_SOURCE.value, _("a source that is not a family")),
    (Basis.INFORMED_YES.value, _("the family said yes, knowing what is published")),
]
HEADLINES = {
    "uk": _("Headline in Ukrainian"),
    "en": _("Headline in English"),
    "ru": _("Headline in Russian"),
}
TEXTS = {
    "uk": _("What is happening, in Ukrainian"),
    "en": _("What is happening, in English"),
    "ru": _("What is happening, in Russian"),
}
ADVICE = {
    "uk": _("What to do, in Ukrainian"),
    "en": _("What to do, in English"),
    "ru": _("What to do, in Russian"),
}
DAYS = [(1, "1"), (3, "3"), (7, "7"), (14, "14"), (30, "30")]


def _moment(label: Any) -> forms.DateTimeField:  # noqa: ANN401  # Django's lazy text
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        required=False, label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"]
    )


def _regions() -> list[tuple[str, str]]:
    return list(region_names("uk" if get_language() == "uk" else "en").items())


class AlertForm(forms.Form):
    """A draft alert in its languages, with the grounds on which it may be published."""

    case = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    message_type = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(one.value, one.value) for one in MessageType],
    )
    refers_to = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    tactic = forms.ChoiceField(
        required=False,
        label=_("Tactic"),
        choices=[("", "—"), *((code, word) for code, word in TACTICS.items())],
    )
    standing = forms.ChoiceField(
        required=False,
        label=_("Actual or exercise"),
        widget=forms.RadioSelect,
        choices=list(alert_words.STANDINGS.items()),
    )
    audience = forms.ChoiceField(
        required=False,
        label=_("For whom"),
        widget=forms.RadioSelect,
        choices=list(alert_words.AUDIENCES.items()),
    )
    regions = forms.MultipleChoiceField(
        required=False,
        label=_("Regions"),
        widget=forms.CheckboxSelectMultiple,
        choices=_regions,
    )
    urgency = forms.ChoiceField(
        required=False, label=_("How soon to act"), choices=list(alert_words.URGENCIES.items())
    )
    severity = forms.ChoiceField(
        required=False, label=_("What is at stake"), choices=list(alert_words.SEVERITIES.items())
    )
    certainty = forms.ChoiceField(
        required=False, label=_("How sure it is"), choices=list(alert_words.CERTAINTIES.items())
    )
    days = forms.TypedChoiceField(
        required=False, label=_("Days in force"), choices=DAYS, coerce=int, empty_value="30"
    )
    effective = _moment(_("In force from (empty: at once)"))
    onset = _moment(_("What it warns of begins (empty: it has begun)"))
    basis = forms.ChoiceField(
        label=_("Why it cannot point at one family"), widget=forms.RadioSelect, choices=BASES
    )
    families = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100_000,
        label=_("How many of them are unrelated, as you judge"),
    )
    source = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Which source, or how and when the family said yes"),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  # Django's own
        """Add a headline, a text and advice for each language; Russian is optional."""
        super().__init__(*given, **named)
        for language in LANGUAGES:
            is_needed = language != "ru"
            self.fields[f"headline_{language}"] = forms.CharField(
                max_length=120, required=is_needed, label=HEADLINES[language]
            )
            self.fields[f"text_{language}"] = _area(4000, TEXTS[language], rows=5)
            self.fields[f"text_{language}"].required = is_needed
            self.fields[f"advice_{language}"] = _area(1000, ADVICE[language], rows=3)
            self.fields[f"advice_{language}"].required = False

    def draft(self, *, counted: int) -> Draft:
        """Return the draft; `counted` are the families that the desk counts behind it.

        Raises NoSuchRegion, RegionMissing, DatesCrossed.
        """
        given = self.cleaned_data
        return Draft(
            texts=_texts(given),
            grounds=Grounds(
                basis=Basis(given["basis"]),
                families=given["families"] or 0,
                counted=counted,
                source=given["source"],
            ),
            tactic=given["tactic"],
            case=given["case"],
            reach=_reach(given),
            gravity=Gravity(
                Urgency(given["urgency"] or Urgency.EXPECTED),
                Severity(given["severity"] or Severity.SEVERE),
                Certainty(given["certainty"] or Certainty.OBSERVED),
            ),
            timing=Timing(int(given["days"] or 30), given["effective"], given["onset"]),
            follows=_follows(given),
        )


class AlertReleaseForm(ReleaseForm):
    """With the region typed for an actual alert, and that the findings were read."""

    region = forms.CharField(required=False, max_length=1000)
    findings_read = forms.BooleanField(required=False)


def _area(longest: int, label: Any, *, rows: int) -> forms.CharField:  # noqa: ANN401  # lazy text
    return forms.CharField(max_length=longest, label=label, widget=forms.Textarea({"rows": rows}))


def _texts(given: dict[str, Any]) -> dict[str, Words]:
    return {
        language: Words(
            headline=given[f"headline_{language}"],
            text=given[f"text_{language}"],
            advice=given[f"advice_{language}"],
        )
        for language in LANGUAGES
        if given[f"headline_{language}"] or given[f"text_{language}"]
    }


def _reach(given: dict[str, Any]) -> Reach:
    return Reach(
        Audience(given["audience"] or Audience.PUBLIC),
        tuple(given["regions"]),
        Standing(given["standing"] or Standing.ACTUAL),
    )


def _follows(given: dict[str, Any]) -> Follows:
    kind = MessageType(given["message_type"] or MessageType.ALERT)
    return Follows(kind, AlertId(given["refers_to"]) if given["refers_to"] else None)
