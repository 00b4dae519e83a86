"""What the desk's pages take from a form, parsed once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oberih.desk.services import LONGEST_TEXT
from oberih.desk.states import VerifiedHow


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


class ReleaseForm(forms.Form):
    """The releaser's answer to the one question; no answer is not "no"."""

    only_one = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])
