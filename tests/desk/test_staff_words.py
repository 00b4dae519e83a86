"""Every sentence of the door stands in Ukrainian too."""

import re
from pathlib import Path

import polib
import pytest
from django.test import Client

import oberih.staff
from oberih.staff import devices, teams, two_people

REFUSALS = (
    devices.NoSuchDevice, teams.OddTeam, two_people.AlreadyProposed, two_people.NothingProposed
)  # fmt: skip
STAFF = Path(oberih.staff.__path__[0])
IN_TEMPLATES = re.compile(r"{% translate \"(.+?)\" %}")
IN_BLOCKS = re.compile(r"{% blocktranslate.*?%}(.+?){% endblocktranslate %}")
IN_CODE = re.compile(r"\b_\(\"(.+?)\"\)")


def sentences() -> set[str]:
    found: set[str] = set()
    for path in STAFF.rglob("*.html"):
        text = path.read_text()
        found |= set(IN_TEMPLATES.findall(text))
        found |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", one) for one in IN_BLOCKS.findall(text)}
    for path in STAFF.rglob("*.py"):
        found |= set(IN_CODE.findall(path.read_text()))
    return found | {refusal.__doc__ for refusal in REFUSALS if refusal.__doc__}


def test_every_sentence_is_translated_and_none_is_left_over() -> None:
    catalogue = polib.pofile(str(STAFF / "locale" / "uk" / "LC_MESSAGES" / "django.po"))

    assert {entry.msgid for entry in catalogue if entry.msgstr and not entry.fuzzy} == sentences()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("uk", "Вхід до пульта"), ("en", "Sign in to the desk")]
)
def test_the_door_speaks_the_readers_language(language: str, words: str) -> None:
    client = Client(headers={"host": "localhost", "accept-language": language})

    assert words in client.get("/sign-in/").content.decode()
