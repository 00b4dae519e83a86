"""What is typed about the work on a case, parsed once."""

from django import forms

from oberih.desk.casework.consents import LONGEST_SAID, Given
from oberih.desk.casework.models import ConsentHow, ReferralState, TaskState
from oberih.desk.casework.packages import bodies, items_of_packages


class TaskForm(forms.Form):
    """A task in the officer's own words."""

    text = forms.CharField(max_length=300)


class SettleForm(forms.Form):
    """Which task becomes what."""

    key = forms.CharField(max_length=40)
    state = forms.ChoiceField(choices=[(one.value, one.value) for one in TaskState])


class ReminderForm(forms.Form):
    """The day and the reason."""

    on = forms.DateField()
    reason = forms.CharField(max_length=200)


class MergeForm(forms.Form):
    """Into which case, and that one person wrote both."""

    into = forms.CharField(max_length=9)
    same_person = forms.BooleanField()


class OfferForm(forms.Form):
    """To which team, and why."""

    team = forms.CharField(max_length=40)
    reason = forms.CharField(max_length=1000)


class AnswerForm(forms.Form):
    """Why an offer is not taken."""

    answer = forms.CharField(max_length=1000)


class PackageForm(forms.Form):
    """To which body, which items."""

    body = forms.ChoiceField(choices=lambda: [(code, code) for code in bodies()])
    items = forms.MultipleChoiceField(
        choices=lambda: [(code, code) for code in items_of_packages()]
    )


class ConsentForm(PackageForm):
    """What the family allows, until when, and how it said so."""

    until = forms.DateField()
    how = forms.ChoiceField(choices=[(one.value, one.value) for one in ConsentHow])
    said = forms.CharField(max_length=LONGEST_SAID, required=False)

    def given(self) -> Given:
        """Return it as the service takes it."""
        cleaned = self.cleaned_data
        return Given(
            body=cleaned["body"],
            items=tuple(cleaned["items"]),
            until=cleaned["until"],
            how=ConsentHow(cleaned["how"]),
            said=cleaned["said"],
        )


class DangerForm(forms.Form):
    """To which body, and why life is in danger."""

    body = forms.ChoiceField(choices=lambda: [(code, code) for code in bodies()])
    reason = forms.CharField(max_length=1000)


class StepForm(forms.Form):
    """What became of a referral."""

    state = forms.ChoiceField(choices=[(one.value, one.value) for one in ReferralState])
