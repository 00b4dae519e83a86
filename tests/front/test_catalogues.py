import json
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
FRONT = ROOT / "src" / "oberih" / "front"
LANGUAGES = ("uk", "en", "ru")
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")


def catalogue(language: str) -> dict[str, polib.POEntry]:
    path = FRONT / "locale" / language / "LC_MESSAGES" / "django.po"
    return {entry.msgid: entry for entry in polib.pofile(str(path))}


def sentences_in_templates() -> set[str]:
    pages = [path.read_text() for path in (FRONT / "templates").rglob("*.html")]
    plain = {found for page in pages for found in re.findall(r'{% translate "(.*?)" %}', page)}
    blocks = [
        found
        for page in pages
        for found in re.findall(r"{% blocktranslate trimmed.*?%}(.*?){% endblock", page)
    ]
    return plain | {re.sub(r"{{ (\w+) }}", r"%(\1)s", found) for found in blocks}


def sentences_in_scripts() -> set[str]:
    sources = [path.read_text() for path in (ROOT / "web" / "src").glob("[!d]*.ts")]
    asked = re.compile(r"\bt\(\s*(\"(?:[^\"\\\n]|\\.)*\")")
    return {json.loads(quoted) for source in sources for quoted in asked.findall(source)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_in_the_catalogue(language: str) -> None:
    written = {msgid for msgid, entry in catalogue(language).items() if entry.msgstr}

    assert not (sentences_in_templates() | sentences_in_scripts()) - written


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    entries = catalogue(language).values()

    assert not [
        entry.msgid
        for entry in entries
        if sorted(PLACES.findall(entry.msgid)) != sorted(PLACES.findall(entry.msgstr))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_names_its_state_and_claims_no_review(language: str) -> None:
    states = {entry.comment for entry in catalogue(language).values()}

    assert states == {"state: draft"}
