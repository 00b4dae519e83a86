"""What the register's pages take from a form, parsed once."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from oberih.desk.register.exchange_words import CONSIGNMENTS, PROOFS, PURPOSES
from oberih.desk.register.words import CATEGORIES, EVENTS, LIST_KINDS, ROLES, SOURCE_KINDS
from oberih.register.births import birth_of
from oberih.register.erasure_models import Ground
from oberih.register.events import Happening
from oberih.register.models import LONGEST_NAME, LONGEST_PLACE, Source
from oberih.register.selectors import sources
from oberih.register.states import Category, EventType, NameRole, PersonId, SourceKind
from oberih.register.values import Agreed, Marks, Sought, SourceWords, Spelling

RELIABILITIES = [
    ("A", _("A: always reliable so far")),
    ("B", _("B: mostly reliable")),
    ("C", _("C: fairly reliable")),
    ("D", _("D: often wrong")),
    ("E", _("E: unreliable")),
    ("F", _("F: cannot be judged")),
]
CREDIBILITIES = [
    (1, _("1: confirmed by others")),
    (2, _("2: probably true")),
    (3, _("3: possibly true")),
    (4, _("4: doubtful")),
    (5, _("5: improbable")),
    (6, _("6: cannot be judged")),
]
GROUNDS = {
    Ground.OWN_RIGHT.value: _("By their own right"),
    Ground.COURT.value: _("By a court's order"),
}
DAY = forms.DateInput({"type": "date"})


class ErasureForm(forms.Form):
    """Why a person is erased, and by which paper."""

    ground = forms.ChoiceField(choices=list(GROUNDS.items()), label=_("Why the person is erased"))
    paper = forms.CharField(max_length=120, label=_("Number and date of the paper; no names"))


class FindForm(forms.Form):
    """A name to look for."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        label=_("Name in any script, as far as you know it"),
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )


class SourceForm(forms.Form):
    """A new source."""

    name = forms.CharField(max_length=LONGEST_NAME, label=_("Name of the source"))
    kind = forms.ChoiceField(choices=list(SOURCE_KINDS.items()), label=_("Kind"))
    reliability = forms.ChoiceField(
        choices=RELIABILITIES, initial="F", label=_("How reliable has it been?")
    )
    credibility = forms.TypedChoiceField(
        choices=CREDIBILITIES, coerce=int, initial=6, label=_("How credible is what it says?")
    )
    is_official = forms.BooleanField(required=False, label=_("Its word is official"))

    def words(self) -> SourceWords:
        """Return the source to add."""
        given = self.cleaned_data
        return SourceWords(
            name=given["name"],
            kind=SourceKind(given["kind"]),
            reliability=given["reliability"],
            credibility=given["credibility"],
            is_official=given["is_official"],
        )


class SourcedForm(forms.Form):
    """Whatever a source says."""

    source: "forms.ModelChoiceField[Source]" = forms.ModelChoiceField(
        queryset=Source.objects.none(), label=_("Source")
    )

    def __init__(self, *args: object, **fields: object) -> None:
        """Offer the sources that stand in the register now."""
        super().__init__(*args, **fields)  # type: ignore[arg-type]  # Django's own form takes these
        self.fields["source"].queryset = sources()  # type: ignore[attr-defined]  # the field's own


class SpellingForm(SourcedForm):
    """A name as a source writes it."""

    surname = forms.CharField(max_length=LONGEST_NAME, label=_("Surname"))
    given = forms.CharField(max_length=LONGEST_NAME, required=False, label=_("Given name"))
    patronymic = forms.CharField(max_length=LONGEST_NAME, required=False, label=_("Patronymic"))
    role = forms.ChoiceField(choices=list(ROLES.items()), label=_("What it is"))

    def spelling(self) -> Spelling:
        """Return the spelling."""
        given = self.cleaned_data
        role = NameRole(given["role"])
        return Spelling(given["surname"], given["given"], given["patronymic"], role)


class PersonForm(SpellingForm):
    """A person to add, as one source describes them."""

    category = forms.ChoiceField(choices=list(CATEGORIES.items()), label=_("Category"))
    born = forms.CharField(
        max_length=40,
        required=False,
        label=_("Born, as the source writes it; 01.01 counts as a year"),
    )
    birthplace = forms.CharField(max_length=LONGEST_PLACE, required=False, label=_("Birthplace"))
    father_given = forms.CharField(
        max_length=LONGEST_NAME, required=False, label=_("Father's given name")
    )
    mother_maiden = forms.CharField(
        max_length=LONGEST_NAME, required=False, label=_("Mother's maiden name")
    )
    service_number = forms.CharField(max_length=40, required=False, label=_("Service number"))
    rank = forms.CharField(max_length=60, required=False, label=_("Rank"))
    unit = forms.CharField(max_length=LONGEST_PLACE, required=False, label=_("Unit"))

    def sought(self) -> Sought:
        """Return the person to add."""
        given = self.cleaned_data
        birth = birth_of(given["born"])
        told = ("birthplace", "father_given", "mother_maiden", "service_number", "rank", "unit")
        marks = Marks(birth.day, birth.year, **{name: given[name] for name in told})
        category = Category(given["category"])
        return Sought(given["source"].pk, self.spelling(), category, marks)


class EventForm(SourcedForm):
    """Something that a source says has happened."""

    type = forms.ChoiceField(choices=list(EVENTS.items()), label=_("What happened"))
    occurred_from = forms.DateField(required=False, label=_("Earliest day"), widget=DAY)
    occurred_to = forms.DateField(required=False, label=_("Latest day"), widget=DAY)
    learned_on = forms.DateField(label=_("Learned on"), widget=DAY)
    place = forms.CharField(max_length=LONGEST_PLACE, required=False, label=_("Place"))
    credibility = forms.TypedChoiceField(
        choices=CREDIBILITIES, coerce=int, initial=6, label=_("How credible is it?")
    )
    note = forms.CharField(
        max_length=2000, required=False, label=_("Note"), widget=forms.Textarea({"rows": 2})
    )
    supersedes = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def happening(self, person: PersonId) -> Happening:
        """Return the event to record."""
        given = self.cleaned_data
        return Happening(
            person=person,
            source=given["source"].pk,
            type=EventType(given["type"]),
            learned_on=given["learned_on"],
            occurred_from=given["occurred_from"],
            occurred_to=given["occurred_to"],
            place=given["place"],
            note=given["note"],
            credibility=given["credibility"],
            supersedes=given["supersedes"],
        )


class RequesterForm(forms.Form):
    """Somebody who asks for a person."""

    name = forms.CharField(max_length=LONGEST_NAME, label=_("Name of who asks"))
    kin = forms.CharField(max_length=40, label=_("As whom: wife, mother, friend"))
    reach = forms.CharField(
        max_length=LONGEST_PLACE, required=False, label=_("How they want to be reached")
    )
    case = forms.CharField(max_length=9, required=False, label=_("Their case on the desk"))


class ConsentForm(forms.Form):
    """What a requester agrees to, and until when."""

    purpose = forms.ChoiceField(choices=list(PURPOSES.items()), label=_("For what"))
    scope = forms.CharField(max_length=LONGEST_PLACE, label=_("What may go to whom"))
    expires_on = forms.DateField(label=_("Until"), widget=DAY)

    def agreed(self, *, on: date) -> Agreed:
        """Return the consent to record."""
        given = self.cleaned_data
        return Agreed(given["purpose"], given["scope"], on, given["expires_on"])


class ListForm(SourcedForm):
    """A list to read: a file or a pasted table."""

    kind = forms.ChoiceField(choices=list(LIST_KINDS.items()), label=_("Whom it names"))
    issued_on = forms.DateField(label=_("Issued on"), widget=DAY)
    file = forms.FileField(required=False, label=_("File: CSV, XLSX or ODS"))
    pasted = forms.CharField(
        required=False,
        max_length=2_000_000,
        strip=False,
        label=_("Or paste the table here"),
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
    )


class TakeForm(forms.Form):
    """What the person who takes a list in has seen."""

    leaves_wrong_rows_out = forms.BooleanField(required=False)
    vanishing_is_right = forms.BooleanField(required=False)


class SentForm(forms.Form):
    """Something that was sent."""

    kind = forms.ChoiceField(choices=list(CONSIGNMENTS.items()), label=_("What was sent"))
    sent_on = forms.DateField(label=_("Sent on"), widget=DAY)
    carrier = forms.CharField(max_length=LONGEST_NAME, required=False, label=_("By whom carried"))
    facility = forms.CharField(max_length=LONGEST_PLACE, required=False, label=_("To which place"))
    requester = forms.CharField(
        max_length=18, required=False, label=_("Whose request (r-…), if a family sent it")
    )


class ArrivalForm(forms.Form):
    """That something was acknowledged."""

    on = forms.DateField(widget=DAY)
    proof = forms.ChoiceField(choices=list(PROOFS.items()))
    note = forms.CharField(max_length=LONGEST_PLACE, required=False)
