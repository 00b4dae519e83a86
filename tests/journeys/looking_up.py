"""A published watch list with a reported and an official number, and a page that asks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, Request, Response, expect

from oberih.core.canonical import Json, encode
from oberih.core.identifiers import Identifier, parse
from oberih.core.official import numbers_file
from oberih.core.time import now
from oberih.crypto import voprf, watchlist
from oberih.crypto.notes import Document, Purpose, sign
from oberih.crypto.watchlist import Answer, Verdict
from tests.journeys.conftest import ready
from tests.journeys.operator import Operator
from tests.lookup.watching import NOT_KNOWN, OFFICIAL, REPORTED, Watch

EVALUATE = "**/api/lookup/evaluate"
BUREAU = {"uk": "Вигадане бюро", "en": "An invented bureau", "ru": "Вымышленное бюро"}
WORDS = {"headline": "Кличуть на «обмін»", "text": "Просять фото вокзалу.", "advice": "Не йдіть."}


class Listed(Watch):
    """One epoch with an official number in the list too."""

    def entry(self, identifier: Identifier) -> bytes:
        """Return the entry that the desk would write."""
        if identifier != parse(OFFICIAL):
            return super().entry(identifier)
        output = voprf.output(watchlist.question(identifier), key=self.key)
        return watchlist.entry(Verdict(Answer.OFFICIAL), output=output)


def publish(operator: Operator, *, epoch: int, **how: Any) -> Listed:  # noqa: ANN401  # of Watch
    """Publish the list, whose the official number is, and one warning."""
    watch = Listed(operator, epoch=epoch, **{"listed": (REPORTED, OFFICIAL), **how})
    watch.publish()
    official: list[Json] = [{"identifier": str(parse(OFFICIAL)), "name": dict(BUREAU)}]
    body = {**numbers_file(), "official": official}
    write(operator, "numbers.note", purpose=Purpose.NUMBERS, body=body)
    write(operator, "alerts/realcode.note", purpose=Purpose.ALERTS, body={"texts": {"uk": WORDS}})
    line: Json = {"id": "realcode", "path": "alerts/realcode.note", "status": "actual"}
    note = signed(operator, purpose=Purpose.ALERTS, body={"alerts": [line]})
    operator.write("alerts.json", encode({"note": note.decode(), "v": 1}))
    return watch


def write(operator: Operator, path: str, *, purpose: Purpose, body: Json) -> None:
    """Publish one signed note."""
    operator.write(path, signed(operator, purpose=purpose, body=body))


def signed(operator: Operator, *, purpose: Purpose, body: Json) -> bytes:
    """Return a note that is valid today."""
    start = now().replace(microsecond=0) - timedelta(hours=1)
    document = Document(purpose, 1, start, start + timedelta(days=9), body)
    return sign(document, key=operator.keys[purpose])


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody in front of the look-up page."""

    page: Page
    address: str

    def open(self, language: str = "uk") -> "Asker":
        """Open the page and wait until its list is there, or known to be missing."""
        ready(self.page, f"{self.address}/{language}/lookup/")
        self.page.wait_for_selector("html[data-list]", state="attached")
        return self

    def ask(self, text: str) -> list[str]:
        """Paste, press, and return the answers by their codes."""
        self.page.locator("#pasted").fill(text)
        self.page.locator("#look").click()
        expect(self.page.locator("#answers [data-answer]").first).to_be_visible()
        rows = self.page.locator("#answers [data-answer]").all()
        return [str(row.get_attribute("data-answer")) for row in rows]

    def sizes_of(self, text: str) -> tuple[int, int]:
        """Return how many bytes go out and come back for a question."""
        with self.page.expect_response(EVALUATE) as coming:
            self.ask(text)
        return size_out(coming.value.request), size_back(coming.value)


def size_out(request: Request) -> int:
    return len(request.post_data_buffer or b"")


def size_back(response: Response) -> int:
    return len(response.body())


__all__ = ["EVALUATE", "NOT_KNOWN", "OFFICIAL", "REPORTED", "WORDS", "Asker", "publish"]
