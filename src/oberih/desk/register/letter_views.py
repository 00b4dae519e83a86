"""The page of letters to the bureaux: write one, take drawn ones out."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from oberih.core import time
from oberih.core.errors import OberihError
from oberih.desk import refusals
from oberih.desk.leaflets import can_draw
from oberih.desk.pages import BAD, member_of, refusing
from oberih.desk.register.letter_paper import is_drawn, take_out
from oberih.desk.register.views import shown
from oberih.desk.register.words import RULES
from oberih.register import letters as services
from oberih.register.exchange_states import CHANNEL_OF
from oberih.register.letters import LetterWish
from oberih.register.models import Source
from oberih.register.selectors import sources
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST_KEY = 4_000


class LetterForm(forms.Form):
    """A letter to write."""

    source: "forms.ModelChoiceField[Source]" = forms.ModelChoiceField(
        queryset=Source.objects.none(), label=_("To which bureau")
    )
    rule = forms.ChoiceField(choices=list(RULES.items()), label=_("About what is overdue"))
    language = forms.ChoiceField(
        choices=[("uk", "Українська"), ("en", "English")], label=_("Language")
    )
    recipient = forms.CharField(
        max_length=LONGEST_KEY,
        required=False,
        label=_("The bureau's key (age1pq1…); empty: the one of the last letter"),
        widget=forms.Textarea({"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: object, **fields: object) -> None:
        """Offer the bureaux that stand in the register now."""
        super().__init__(*args, **fields)  # type: ignore[arg-type]  # Django's own form takes these
        kinds = [one.value for one in CHANNEL_OF]
        offered = sources().filter(kind__in=kinds, is_official=True)
        self.fields["source"].queryset = offered  # type: ignore[attr-defined]  # the field's own

    def wish(self) -> LetterWish:
        """Return the letter to write."""
        given = self.cleaned_data
        source = given["source"].pk
        recipient = given["recipient"] or services.last_recipient(source)
        return LetterWish(source, given["rule"], given["language"], recipient)


@require_http_methods(["GET", "POST"])
@refusing
def letters(request: HttpRequest) -> HttpResponse:
    """Show the letters, and write one."""
    member = member_of(request)
    require(member, Permission.REGISTER_SEE)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_letter(form.wish(), by=member, now=time.now())
        except OberihError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            return redirect("desk:register-letters")
    rows = [
        (one, str(RULES[one.rule]), lines, is_drawn(one.pk))
        for one, lines in services.letters(by=member)
    ]
    context = {**shown(request), "form": form, "letters": rows, "can_draw": can_draw()}
    status = int(BAD) if request.method == "POST" else 200
    return render(request, "register/letters.html", context, status=status)


@require_GET
@refusing
def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """Give a drawn letter with its sealed list inside."""
    content = take_out(letter, by=member_of(request))
    name = f'attachment; filename="letter-{letter}.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
