"""The words of proposed links."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oberih.register.link_models import Verdict

VERDICTS: dict[Verdict, Promise] = {
    Verdict.PROPOSED: _("proposed"),
    Verdict.SECOND: _("waits for a second person"),
    Verdict.ACCEPTED: _("the same person"),
    Verdict.REJECTED: _("not the same person"),
    Verdict.UNSURE: _("not sure"),
}

CELLS: dict[str, Promise] = {
    "surname": _("Surname"),
    "given": _("Given name"),
    "patronymic": _("Patronymic"),
    "dob": _("Date of birth"),
    "birthplace": _("Birthplace"),
    "unit": _("Unit"),
}

BEFORE = _("before comparing")
SUM = _("all together")
SAYS_NOTHING = _("says nothing")
LIKELIER = _("%(times)s times likelier")
UNLIKELIER = _("%(times)s times less likely")
