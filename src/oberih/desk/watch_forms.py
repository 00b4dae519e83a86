"""What the watch list's pages take from a form, parsed once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oberih.alerts.services import Grounds
from oberih.alerts.states import Basis
from oberih.core.identifiers import Identifier, NotAnIdentifier, parse
from oberih.crypto.watchlist import Answer
from oberih.desk.alert_forms import BASES
from oberih.desk.watch_services import Proposal, stored_identifier
from oberih.desk.watch_states import Confidence, ReleasePolicy
from oberih.desk.words import TACTICS

DAY = forms.DateInput(attrs={"type": "date"})
SHORT = forms.Textarea(attrs={"rows": 3})


class WatchForm(forms.Form):
    """A proposal: what it is, why, who may learn of it and until when."""

    identifier = forms.CharField(max_length=2048, label=_("Number, account, wallet or link"))
    answer = forms.ChoiceField(
        label=_("What families are told"),
        widget=forms.RadioSelect,
        choices=[
            (Answer.REPORTED.value, _("reported: it was used against families")),
            (Answer.OFFICIAL.value, _("official: it belongs to a named body")),
        ],
    )
    reason = forms.CharField(max_length=2000, label=_("Why"), widget=SHORT)
    tactics = forms.MultipleChoiceField(
        required=False,
        label=_("Tactics, at most three"),
        choices=list(TACTICS.items()),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    confidence = forms.ChoiceField(
        label=_("How sure"),
        choices=[(Confidence.LIKELY.value, _("likely")), (Confidence.CERTAIN.value, _("certain"))],
    )
    expires_on = forms.DateField(label=_("Leaves the list on"), widget=DAY)
    policy = forms.ChoiceField(
        label=_("Who may learn of it"),
        widget=forms.RadioSelect,
        choices=[
            (ReleasePolicy.DESK_ONLY.value, _("the desk only")),
            (ReleasePolicy.EMBARGOED.value, _("the desk only until a day, then ask a person")),
            (ReleasePolicy.PUBLIC.value, _("everyone who looks it up")),
        ],
    )
    embargoed_until = forms.DateField(required=False, label=_("Embargo until"), widget=DAY)
    basis = forms.ChoiceField(
        label=_("Why it cannot point at one family"),
        widget=forms.RadioSelect,
        choices=BASES,
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
        widget=SHORT,
    )
    name_uk = forms.CharField(required=False, max_length=200, label=_("The body in Ukrainian"))
    name_en = forms.CharField(required=False, max_length=200, label=_("The body in English"))
    case = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def clean_identifier(self) -> Identifier:
        """Read it as families' pages read it, or in the one spelling that a case shows."""
        known = stored_identifier(self.cleaned_data["identifier"])
        if known is not None:
            return known
        try:
            return parse(self.cleaned_data["identifier"])
        except NotAnIdentifier as error:
            raise forms.ValidationError(_("This is no number, account, wallet or link.")) from error

    def proposal(self) -> Proposal:
        """Return the proposal."""
        given = self.cleaned_data
        return Proposal(
            identifier=given["identifier"],
            reason=given["reason"],
            expires_on=given["expires_on"],
            answer=Answer(given["answer"]),
            tactics=tuple(given["tactics"]),
            cases=(given["case"],) if given["case"] else (),
            confidence=Confidence(given["confidence"]),
            policy=ReleasePolicy(given["policy"]),
            embargoed_until=given["embargoed_until"],
            grounds=Grounds(
                Basis(given["basis"]), families=given["families"] or 0, source=given["source"]
            ),
            names={"uk": given["name_uk"], "en": given["name_en"]},
        )


class ImportForm(forms.Form):
    """A CSV file, or the same text again once its preview was read."""

    file = forms.FileField(required=False, label=_("CSV file"))
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
