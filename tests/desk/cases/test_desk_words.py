"""Every sentence of the desk stands in the Ukrainian catalogue, refusals included."""

import re
from importlib import import_module
from pathlib import Path

import polib
import pytest

import oberih.alerts
import oberih.desk
from oberih.core.errors import OberihError

DESK = Path(oberih.desk.__file__).parent
ALERTS = Path(oberih.alerts.__file__).parent
CATALOGUE = DESK / "locale" / "uk" / "LC_MESSAGES" / "django.po"
IN_TEMPLATES = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
IN_BLOCKS = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%", re.DOTALL)
IN_CODE = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)+)"')
CAPABILITIES = ("access", "calls", "care", "casework", "replying", "search", "working")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def translated() -> set[str]:
    """Return the sentences that have a translation."""
    return {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.translated()}


def sentences() -> set[str]:
    """Return the sentences of templates and code."""
    found = set()
    for path in (DESK / "templates").rglob("*.html"):
        text = path.read_text()
        found |= {double or single for double, single in IN_TEMPLATES.findall(text)}
        found |= {VARIABLE.sub(r"%(\1)s", one.strip()) for one in IN_BLOCKS.findall(text)}
    parts = (DESK, *(DESK / name for name in CAPABILITIES))
    for path in (path for part in parts for path in part.glob("*.py")):
        found |= set(IN_CODE.findall(path.read_text()))
    return found


def refusals() -> set[str]:
    """Return the sentences of the errors that the desk's services and alerts raise."""
    names = ("oberih.desk.services", "oberih.desk.alerting", "oberih.alerts.services")
    names += (
        "oberih.desk.access.refusals",
        "oberih.desk.working.refusals",
        "oberih.desk.calls.forms_on_paper",
        "oberih.desk.calls.refusals",
        "oberih.desk.care.refusals",
        "oberih.desk.casework.refusals",
        "oberih.desk.casework.referrals",
        "oberih.desk.replying.places",
    )
    errors = [one for name in names for one in vars(import_module(name)).values()]
    return {
        str(error())
        for error in errors
        if isinstance(error, type) and issubclass(error, OberihError)
    }


def test_every_sentence_is_translated() -> None:
    assert sentences() - translated() == set()


@pytest.mark.django_db
def test_every_refusal_is_translated() -> None:
    assert refusals() - translated() == set()


def test_ukrainian_plurals_have_four_forms() -> None:
    plurals = [entry for entry in polib.pofile(str(CATALOGUE)) if entry.msgid_plural]

    assert plurals
    assert all(len(entry.msgstr_plural) == 4 for entry in plurals)
