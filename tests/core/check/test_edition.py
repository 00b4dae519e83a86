"""The number of the rules belongs to one content: pages fetch only what has a higher number."""

from hashlib import sha256

from oberih.check.edition import own_edition
from oberih.check.rules import ARTEFACT

PUBLISHED = {
    1: "03db45d2328ef260784eaca62e65be4137a1fd0dfb4df6345b275f49034d0554",
    2: "b90bd36dbb1e7c948febf4a4d5c9975ae8867537563f795150f7fcc13e75fa33",
    3: "36ef9d1315ca7b863b653f6ec7f93ed56402f9f82b2d6d941ee88a9aaf53359b",
}
"""The rules of each edition; a release with other rules adds a row and raises the number."""


def test_the_number_of_the_rules_belongs_to_this_content() -> None:
    content = sha256(ARTEFACT.read_bytes()).hexdigest()

    assert PUBLISHED[own_edition()] == content


def test_our_own_edition_is_the_newest() -> None:
    assert own_edition() == max(PUBLISHED)
