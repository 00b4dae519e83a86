"""What the desk's pages take from a form, parsed once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oberih.alerts.services import Draft, Grounds, Words
from oberih.alerts.states import Basis
from oberih.desk.services import LONGEST_TEXT
from oberih.desk.states import VerifiedHow
from oberih.desk.words import TACTICS


class TextForm(forms.Form):
    """A reply or a note."""

    text = forms.CharField(max_length=LONGEST_TEXT, strip=True, widget=forms.Textarea)


class OwnerForm(forms.Form):
    """Whom to make the owner."""

    member = forms.UUIDField()


class VerifiedForm(forms.Form):
    """How the requester was verified."""

    how = forms.ChoiceField(
        choices=[
            (VerifiedHow.IN_PERSON.value, _("in person, with documents")),
            (VerifiedHow.OFFICIAL_CABINET.value, _("through an official cabinet")),
        ]
    )


class AlertForm(forms.Form):
    """A draft alert, in both languages, with the grounds on which it may be published."""

    headline_uk = forms.CharField(max_length=120, label=_("Headline in Ukrainian"))
    text_uk = forms.CharField(
        max_length=4000,
        label=_("What is happening, in Ukrainian"),
        widget=forms.Textarea({"rows": 5}),
    )
    advice_uk = forms.CharField(
        max_length=1000,
        required=False,
        label=_("What to do, in Ukrainian"),
        widget=forms.Textarea({"rows": 2}),
    )
    headline_en = forms.CharField(max_length=120, label=_("Headline in English"))
    text_en = forms.CharField(
        max_length=4000,
        label=_("What is happening, in English"),
        widget=forms.Textarea({"rows": 5}),
    )
    advice_en = forms.CharField(
        max_length=1000,
        required=False,
        label=_("What to do, in English"),
        widget=forms.Textarea({"rows": 2}),
    )
    tactic = forms.ChoiceField(
        required=False,
        label=_("Tactic"),
        choices=[("", "—"), *((code, word) for code, word in TACTICS.items())],
    )
    case = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    basis = forms.ChoiceField(
        label=_("Why it cannot point at one family"),
        widget=forms.RadioSelect,
        choices=[
            (Basis.FAMILIES.value, _("three or more unrelated families report it")),
            (Basis.OTHER_SOURCE.value, _("a source that is not a family")),
            (Basis.INFORMED_YES.value, _("the family said yes, knowing what is published")),
        ],
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

    def draft(self, *, counted: int) -> Draft:
        """Return the draft; `counted` are the families that the desk counts behind it."""
        given = self.cleaned_data
        texts = {
            language: Words(
                headline=given[f"headline_{language}"],
                text=given[f"text_{language}"],
                advice=given[f"advice_{language}"],
            )
            for language in ("uk", "en")
        }
        grounds = Grounds(
            basis=Basis(given["basis"]),
            families=given["families"] or 0,
            counted=counted,
            source=given["source"],
        )
        return Draft(texts=texts, grounds=grounds, tactic=given["tactic"], case=given["case"])


class ReleaseForm(forms.Form):
    """The releaser's answer to the one question; no answer is not "no"."""

    only_one = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])
