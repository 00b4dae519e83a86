"""The number of the rules belongs to one content: pages fetch only what has a higher number."""

from hashlib import sha256

from oberih.check.edition import own_edition
from oberih.check.rules import ARTEFACT

PUBLISHED = {
    1: "03db45d2328ef260784eaca62e65be4137a1fd0dfb4df6345b275f49034d0554",
    2: "b90bd36dbb1e7c948febf4a4d5c9975ae8867537563f795150f7fcc13e75fa33",
    3: "d1c41cb7f8f62bd42fe26f6aee704c82dbc4ae3043983967534a4e89063af657",
}
"""The rules of each edition; a release with other rules adds a row and raises the number."""


def test_the_number_of_the_rules_belongs_to_this_content() -> None:
    content = sha256(ARTEFACT.read_bytes()).hexdigest()

    assert PUBLISHED[own_edition()] == content


def test_our_own_edition_is_the_newest() -> None:
    assert own_edition() == max(PUBLISHED)
