"""What the pages of campaigns take from a form, parsed once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oberih.campaigns.confirming import LONGEST_NAME
from oberih.campaigns.states import CLAIMED, Verdict
from oberih.desk.campaigns.claiming import LONGEST

VERDICTS = [(one.value, one.value) for one in Verdict]


class NameForm(forms.Form):
    """A campaign's name."""

    name = forms.CharField(max_length=LONGEST_NAME, label=_("Name"))


class LinkForm(forms.Form):
    """A verdict on the link of two contacts."""

    one = forms.IntegerField(min_value=1)
    other = forms.IntegerField(min_value=1)
    verdict = forms.ChoiceField(choices=VERDICTS)


class ClueForm(forms.Form):
    """A verdict on a number, an account or a way to pay."""

    clue = forms.IntegerField(min_value=1)
    verdict = forms.ChoiceField(choices=VERDICTS)


class ClaimForm(forms.Form):
    """A person or a place that the stranger names."""

    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in CLAIMED])
    text = forms.CharField(max_length=LONGEST)


class IntoForm(forms.Form):
    """The campaign that another one is merged into."""

    into = forms.CharField(max_length=9)


class ListForm(forms.Form):
    """Numbers to propose for the watch list."""

    reason = forms.CharField(max_length=2000, label=_("Why"), widget=forms.Textarea({"rows": 3}))
    expires_on = forms.DateField(
        label=_("Leaves the list on"), widget=forms.DateInput({"type": "date"})
    )


class PickForm(forms.Form):
    """What table, graph, days and map point at: a contact, a day, or a region."""

    pick = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    day = forms.DateField(required=False)
    region = forms.CharField(required=False, max_length=80)
