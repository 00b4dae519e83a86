"""Several paper forms on one page: what is complete is sent, the others stay as they are."""

import secrets
from collections.abc import Sequence
from datetime import date

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from oberih.desk.calls.forms import CallForm
from oberih.desk.calls.paper_rows import MOST_FORMS, PaperRow

SET_BY_THE_PAGE = frozenset({"once", "language"})


class PaperForm(CallForm):
    """A call's form whose day stands on paper, with what of a table was not understood."""

    unread = forms.CharField(
        required=False,
        label=_("In the table, not understood: see to it by hand"),
        widget=forms.Textarea(attrs={"rows": 4, "readonly": True}),
    )

    def __init__(self, *given: object, language: str, today: date, **named: object) -> None:
        """Take what a call's form takes; the day is asked for."""
        super().__init__(*given, language=language, today=today, **named)
        self.fields["paper_on"].required = True
        self.fields["paper_on"].label = _("Day of the talk, as it stands on paper")

    @property
    def is_blank(self) -> bool:
        """Tell whether nobody wrote anything into it."""
        asked = self.fields.keys() - SET_BY_THE_PAGE
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in asked)


Papers = formset_factory(
    PaperForm, extra=0, max_num=MOST_FORMS, absolute_max=MOST_FORMS, validate_max=True
)


def begun(rows: Sequence[PaperRow], *, language: str, today: date) -> "BaseFormSet[PaperForm]":
    """Return forms to fill in, one a row."""
    initial = [
        {"once": secrets.token_hex(16), "language": "uk", **row.fields, "unread": row.unread}
        for row in rows
    ]
    return Papers(initial=initial, form_kwargs={"language": language, "today": today})


def sent_in(data: QueryDict, *, language: str, today: date) -> "BaseFormSet[PaperForm]":
    """Return the forms as they came back."""
    return Papers(data, form_kwargs={"language": language, "today": today})


def staying(
    left: Sequence[PaperForm], *, given: QueryDict, language: str, today: date
) -> "BaseFormSet[PaperForm]":
    """Return the forms that could not be sent, word for word as they were entered."""
    data = QueryDict(mutable=True)
    for number, form in enumerate(left):
        for name in form.fields:
            data.setlist(f"form-{number}-{name}", given.getlist(form.add_prefix(name)))
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        data[f"form-{name}"] = str(len(left))
    return sent_in(data, language=language, today=today)
