"""Newer rules of the check come as signed data; what is forged, old or cut off changes nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from oberih.check.compile import EMPTY
from oberih.check.edition import own_edition
from oberih.check.rules import ARTEFACT
from oberih.client.rules import NOTE
from oberih.core import canonical
from oberih.core.time import now
from oberih.crypto.notes import Document, Purpose, sign
from tests.journeys.conftest import ready, running
from tests.journeys.exports import telegram
from tests.journeys.operator import Operator

OWN = own_edition()
NEWER = OWN + 1
DEMAND = "Підпаліть військкомат, і вашого сина обміняють"
SENTENCE = "Оновлення перевірки відхилено"


def calm() -> bytes:
    """Return rules by which nothing is ever a stop."""
    rules = json.loads(ARTEFACT.read_bytes())
    return canonical.encode({**rules, "frames": [], "model": EMPTY})


@dataclass(frozen=True, slots=True)
class Publishing:
    """An operator who publishes rules, and the address of the front that shows them."""

    operator: Operator
    address: str

    def publish(self, rules: bytes, *, edition: int = NEWER) -> None:
        """Publish an edition with its note."""
        self.operator.write(f"rules/{edition}.json", rules)
        self.sign(rules, edition=edition)

    def sign(self, rules: bytes, *, edition: int = NEWER, days: int = 9) -> None:
        """Write the note on an edition; it began three days ago."""
        key = self.operator.keys[Purpose.RULES]
        self.operator.write(NOTE, sign(note_on(rules, edition=edition, days=days), key=key))


def note_on(rules: bytes, *, edition: int, days: int) -> Document:
    start = now().replace(microsecond=0) - timedelta(days=3)
    body: canonical.Json = {"sha256": sha256(rules).hexdigest()}
    return Document(Purpose.RULES, edition, start, start + timedelta(days=days), body)


@pytest.fixture
def publishing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publishing]:
    operator = Operator.found(tmp_path_factory.mktemp("rules"))
    operator.publish()
    with running("front", operator=operator) as address:
        yield Publishing(operator, address)


def band(page: Page, address: str) -> str | None:
    """Open the page, paste a demand, and return the answer's band."""
    ready(page, f"{address}/uk/check/")
    page.locator("#pasted").fill(DEMAND)
    page.locator("#check-pasted").click()
    return page.locator(".answer").first.get_attribute("data-band")


def refused(page: Page, address: str) -> bool:
    """Tell whether the page judges by its own rules and says that an update was refused."""
    found = band(page, address)
    page.get_by_role("button", name="Перевірити щось інше").click()
    return found == "stop" and page.get_by_text(SENTENCE).is_visible()


def test_without_published_rules_the_page_has_its_own(page: Page, publishing: Publishing) -> None:
    assert band(page, publishing.address) == "stop"
    assert page.get_by_text(SENTENCE).count() == 0


def test_newer_rules_judge_on_the_page(page: Page, publishing: Publishing) -> None:
    publishing.publish(calm())

    assert band(page, publishing.address) != "stop"
    assert page.get_by_text(SENTENCE).count() == 0


def test_where_newer_rules_cannot_be_fetched_nothing_is_said(
    page: Page, publishing: Publishing
) -> None:
    publishing.publish(calm())
    page.route(f"**/rules/{NEWER}.json", lambda route: route.abort())

    assert band(page, publishing.address) == "stop"
    assert page.get_by_text(SENTENCE).count() == 0


def test_newer_rules_judge_a_saved_chat_without_a_request(
    page: Page, publishing: Publishing, tmp_path: Path
) -> None:
    publishing.publish(calm())
    ready(page, f"{publishing.address}/uk/check/")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    page.locator("#export").set_input_files(telegram(tmp_path))

    expect(page.locator('.answer:not([data-band="stop"])')).to_be_visible()
    assert requests == []


def test_rules_of_the_same_edition_are_not_fetched(page: Page, publishing: Publishing) -> None:
    publishing.publish(calm(), edition=OWN)

    assert band(page, publishing.address) == "stop"


def test_an_older_edition_is_refused_with_a_sentence(page: Page, publishing: Publishing) -> None:
    publishing.publish(calm(), edition=OWN - 1)

    assert refused(page, publishing.address)


def test_expired_rules_are_refused_with_a_sentence(page: Page, publishing: Publishing) -> None:
    publishing.publish(calm())
    publishing.sign(calm(), days=2)

    assert refused(page, publishing.address)


def test_rules_of_a_stranger_are_refused_with_a_sentence(
    page: Page, publishing: Publishing
) -> None:
    publishing.publish(calm())
    note = note_on(calm(), edition=NEWER, days=9)
    publishing.operator.write(NOTE, sign(note, key=Ed25519PrivateKey.generate()))

    assert refused(page, publishing.address)


@pytest.mark.parametrize("size", [0, 1000])
def test_rules_cut_off_are_refused_with_a_sentence(
    page: Page, publishing: Publishing, size: int
) -> None:
    publishing.publish(calm())
    publishing.operator.write(f"rules/{NEWER}.json", calm()[:size])

    assert refused(page, publishing.address)


def test_rules_of_a_version_unknown_here_are_refused_with_a_sentence(
    page: Page, publishing: Publishing
) -> None:
    publishing.publish(b'{"v":3}')

    assert refused(page, publishing.address)


def test_every_page_fetches_newer_rules_alike(page: Page, publishing: Publishing) -> None:
    publishing.publish(calm())
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))

    for place in ("", "check/", "warnings/"):
        ready(page, f"{publishing.address}/uk/{place}")

    assert sum(url.endswith(NOTE) for url in seen) == 3
    assert sum(url.endswith(f"rules/{NEWER}.json") for url in seen) == 3
