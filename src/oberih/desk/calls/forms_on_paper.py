"""Blank forms for offices without power; they are entered later on the page of a call."""

from importlib.resources import files

import yaml
from django.conf import settings

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput
from oberih.crypto.message import Tongue
from oberih.desk.calls.consent import consent_words
from oberih.desk.paper import drawn, require_printer
from oberih.formats.intake import Intake, Sheet, as_json
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LANGUAGES = ("uk", "en")
MARKS = {"uk": "НАВЧАННЯ", "en": "TRAINING"}


class NoSuchForm(BadInput):
    """The forms are there in Ukrainian and in English."""


def blank_forms(language: str, *, by: Member) -> bytes:
    """Return the blank forms as a PDF; the audit keeps who took them. Raises CannotPrint."""
    require(by, Permission.CALL_TAKE)
    form = intake(language)
    require_printer()
    subject, detail = f"member {by.id}", {"language": language}
    record(Act.FORMS_PRINTED, actor=by.member_id, subject=subject, detail=detail)
    return drawn(as_json(form), program="oberih.formats.intake")


def intake(language: str) -> Intake:
    """Return what stands on the forms; raises NoSuchForm."""
    if language not in LANGUAGES:
        raise NoSuchForm
    written = yaml.safe_load((files("oberih.desk.calls") / "intake.yaml").read_text("utf-8"))
    kept = written[language]
    aloud = consent_words(Tongue(language), operator=settings.OPERATOR)
    return Intake(
        language=language,
        destroy=kept["destroy"],
        sheets=(_sheet(kept["consent"], aloud=aloud), _sheet(kept["story"], aloud="")),
        mark=MARKS[language] if settings.TRAINING else "",
    )


def _sheet(kept: dict[str, object], *, aloud: str) -> Sheet:
    """Return a sheet as the file has it."""
    asked = kept["questions"]
    questions = asked if isinstance(asked, list) else []
    return Sheet(str(kept["title"]), aloud, tuple((str(text), int(n)) for text, n in questions))
