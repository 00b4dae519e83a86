"""What is typed to open something to somebody, parsed once."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from oberih.desk.access.grants import Wanted
from oberih.desk.access.identity import Person
from oberih.desk.access.models import GrantKind
from oberih.staff.models import Member
from oberih.staff.roles import Role

READERS = (Role.OFFICER, Role.LEAD)


def _quiet(rows: int = 0) -> forms.Widget:
    attributes = {"autocomplete": "off", "spellcheck": "false"}
    return forms.Textarea({**attributes, "rows": rows}) if rows else forms.TextInput(attributes)


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = forms.CharField(max_length=1000, label=_("Why"), widget=_quiet(2))


class GlassForm(ReasonForm):
    """Which case, and why."""

    case = forms.CharField(max_length=20, label=_("Case"), widget=_quiet())
    field_order = ("case", "reason")


class GrantForm(ReasonForm):
    """To whom, what, for how long, why."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[
            (GrantKind.CASE.value, _("the case")),
            (GrantKind.IDENTITY.value, _("who the family is")),
            (GrantKind.ORIGINAL.value, _("the originals of its attachments")),
        ],
    )
    member = forms.ModelChoiceField(
        label=_("To whom"), queryset=Member.objects.none(), empty_label=None
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=90, initial=1)
    field_order = ("kind", "member", "days", "reason")

    def __init__(self, *given: object, but: Member, **named: object) -> None:
        """Offer every reader of cases but the one who gives."""
        super().__init__(*given, **named)  # type: ignore[arg-type]  # what Django's form takes
        readers = Member.objects.filter(is_active=True, role__in=READERS).exclude(pk=but.pk)
        self.fields["member"].queryset = readers.order_by("name")  # type: ignore[attr-defined]  # a choice of rows

    def wanted(self, case: str, *, now: datetime) -> Wanted:
        """Return what shall be opened."""
        given = self.cleaned_data
        return Wanted(
            kind=GrantKind(given["kind"]),
            to=given["member"],
            reason=given["reason"],
            until=now + timedelta(days=given["days"]),
            case=case,
        )


class MinorsForm(GrantForm):
    """To whom minors' cases are opened, for how long, why."""

    kind = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=[(GrantKind.MINORS.value, "")],
        initial=GrantKind.MINORS.value,
    )


class IdentityForm(forms.Form):
    """Who the family is."""

    name = forms.CharField(max_length=300, label=_("Name"), widget=_quiet())
    contact = forms.CharField(
        required=False, max_length=300, label=_("How to reach them"), widget=_quiet()
    )

    def person(self) -> Person:
        """Return the person."""
        return Person(self.cleaned_data["name"], self.cleaned_data["contact"])


class TeamForm(forms.Form):
    """Which team."""

    team = forms.CharField(max_length=40)
