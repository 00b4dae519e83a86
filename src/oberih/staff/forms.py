"""What the administrator types, parsed once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oberih.staff.roles import Role
from oberih.staff.selectors import role_choices


class RoleForm(forms.Form):
    """One role of the closed list."""

    role = forms.TypedChoiceField(label=_("Role"), choices=role_choices, coerce=Role)


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    name = forms.CharField(
        label=_("Name, as colleagues will see it"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "role")
