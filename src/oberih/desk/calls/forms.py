"""The page of a call, parsed once."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from oberih.check.words import words_of
from oberih.client.report import Report
from oberih.crypto.message import Tongue
from oberih.desk.calls.consent import consent_words
from oberih.desk.calls.marking import DANGER
from oberih.desk.calls.taking import Card, Entered
from oberih.desk.regions import REGIONS

LONGEST = 20_000
YES_NO = [("yes", _("yes")), ("no", _("no"))]
TONGUES = [("uk", "Українська"), ("en", "English"), ("ru", "Русский")]
UNSAID = [("", _("not said")), *REGIONS.items()]


class CallForm(forms.Form):
    """The hotline card, then what the family tells."""

    once = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    can_talk = forms.ChoiceField(
        label=_("Can you talk now, with nobody listening?"),
        widget=forms.RadioSelect,
        choices=YES_NO,
    )
    in_danger = forms.ChoiceField(
        label=_("Is anybody in immediate danger?"), widget=forms.RadioSelect, choices=YES_NO
    )
    never_call = forms.BooleanField(
        required=False, label=_("In occupied territory or in Russia: never call back")
    )
    best_time = forms.CharField(
        required=False, max_length=200, label=_("The best time for a call back")
    )
    call_word = forms.CharField(
        required=False,
        max_length=40,
        label=_("A word that the family chooses: we say it first whenever we call back"),
    )
    language = forms.ChoiceField(label=_("The caller's language"), choices=TONGUES)
    consent = forms.BooleanField(label=_("The text was read aloud, and the caller said yes"))
    said = forms.CharField(
        required=False, max_length=300, label=_("What the caller said to it, in their own words")
    )
    text = forms.CharField(
        max_length=LONGEST,
        label=_("What happened, in the caller's words"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    ticked = forms.MultipleChoiceField(
        required=False,
        label=_("What the stranger said or asked"),
        widget=forms.CheckboxSelectMultiple,
    )
    region = forms.ChoiceField(required=False, label=_("Region"), choices=UNSAID)
    under18 = forms.BooleanField(required=False, label=_("Under 18"))
    not_alone = forms.BooleanField(
        required=False, label=_("Asks us not to write: somebody is near")
    )
    paper_on = forms.DateField(
        required=False,
        label=_("Day on the paper form, when it is entered from one"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *given: object, language: str, today: date, **named: object) -> None:
        """Take the reader's language for the questions, and today's date."""
        super().__init__(*given, **named)  # type: ignore[arg-type]  # Django's own arguments
        self._today = today
        ticked = self.fields["ticked"]
        if isinstance(ticked, forms.MultipleChoiceField):
            ticked.choices = list(words_of(language).questions.items())
        for one in ("text", "said", "best_time", "call_word"):
            self.fields[one].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_paper_on(self) -> date | None:
        """Refuse a day that has not come."""
        day: date | None = self.cleaned_data["paper_on"]
        if day is not None and day > self._today:
            raise ValidationError(_("This day has not come yet."))
        return day

    def entered(self, *, operator: str) -> Entered:
        """Return what the service takes."""
        cleaned = self.cleaned_data
        tongue = Tongue(cleaned["language"])
        is_in_danger = cleaned["in_danger"] == "yes"
        card = Card(
            can_talk=cleaned["can_talk"] == "yes",
            is_in_danger=is_in_danger,
            never_call=cleaned["never_call"],
            best_time="" if cleaned["never_call"] else cleaned["best_time"],
            call_word=cleaned["call_word"],
            consent_words=consent_words(tongue, operator=operator),
            consent_said=cleaned["said"],
            paper_on=cleaned["paper_on"],
        )
        codes = [*cleaned["ticked"], *([DANGER] if is_in_danger else [])]
        report = Report(
            text=cleaned["text"].replace("\r\n", "\n"),
            language=tongue,
            answers=dict.fromkeys(codes, True),
            region=cleaned["region"],
            under18=cleaned["under18"],
            not_alone=cleaned["not_alone"],
        )
        return Entered(report, card, cleaned["once"])
