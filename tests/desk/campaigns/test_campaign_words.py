"""Every sentence of the pages of campaigns stands in the Ukrainian catalogue, refusals included."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import oberih.desk.campaigns
from oberih.core.errors import OberihError
from tests.desk.cases.test_desk_words import IN_CODE, translated

CODE = Path(oberih.desk.campaigns.__file__).parent
PLURAL = re.compile(r'ngettext\(\s*"((?:[^"\\]|\\.)+)"')
SERVICES = (
    "oberih.campaigns.confirming",
    "oberih.campaigns.judging",
    "oberih.desk.campaigns.claiming",
    "oberih.desk.campaigns.escrow",
    "oberih.desk.campaigns.listing_identifiers",
)


def test_every_sentence_of_the_code_is_translated() -> None:
    said = "\n".join(path.read_text() for path in CODE.glob("*.py"))

    found = {*IN_CODE.findall(said), *PLURAL.findall(said)}

    assert found
    assert found - translated() == set()


@pytest.mark.django_db
def test_every_refusal_is_translated() -> None:
    errors = [one for name in SERVICES for one in vars(import_module(name)).values()]
    refusals = [one for one in errors if isinstance(one, type) and issubclass(one, OberihError)]

    assert {str(one()) for one in refusals} - translated() <= {"You may not do this."}
