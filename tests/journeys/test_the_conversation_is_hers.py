"""Stop, change the words, delete: one tap each, and it holds."""

from playwright.sync_api import Page, Route, expect

from oberih.core import canonical
from oberih.crypto import envelope, message
from oberih.crypto.message import ReportKind, ReportMessage
from tests.journeys.conftest import Stand
from tests.journeys.operator import ENVELOPE_RECORD, records
from tests.journeys.steps import open_conversation, send


def written_to(stand: Stand, *, mailbox: str, verify: bytes) -> list[ReportMessage]:
    """Return every message that waits in one mailbox, in her order."""
    answer = stand.operator.call(stand.courier, path="/api/courier/collect", body=b'{"limit":100}')
    sealed = [content[32:] for kind, content in records(answer) if kind == ENVELOPE_RECORD]
    hers = [one for one in sealed if envelope.read_header(one).mailbox == mailbox]
    inner = [envelope.open_envelope(one, identity=stand.operator.identity) for one in hers]
    found = [message.parse_report(one, verify=verify) for one in inner]
    return sorted(found, key=lambda one: one.place.sequence)


def first_of(stand: Stand, *, story: str) -> tuple[str, bytes]:
    """Return mailbox and verify key of the report with this story."""
    report = next(one for one in stand.operator.collect(stand.courier) if one.body.text == story)
    assert report.first is not None
    return report.place.mailbox, report.first.verify


def start(page: Page, stand: Stand, *, story: str) -> tuple[str, bytes]:
    """Send a report, then open its conversation with the words."""
    page.on("dialog", lambda dialog: dialog.accept())
    words = send(page, stand.front, story=story)
    known = first_of(stand, story=story)
    open_conversation(page, stand.front, words)
    return known


def test_asking_not_to_be_written_to_is_one_tap(page: Page, stand: Stand) -> None:
    mailbox, verify = start(page, stand, story="Не пишіть мені потім")

    page.locator("#stop-writing").click()
    expect(page.get_by_text("Більше не писатимуть")).to_be_visible()

    stop = written_to(stand, mailbox=mailbox, verify=verify)[-1]
    assert (stop.body.kind, stop.place.sequence) == (ReportKind.STOP_WRITING, 2)


def test_a_later_note_follows_the_first_message(page: Page, stand: Stand) -> None:
    mailbox, verify = start(page, stand, story="Перше слово")
    page.locator("#answer").fill("Друге слово")

    page.locator("#write").click()
    page.locator(".entry.mine", has_text="Друге слово").wait_for()

    first, second = written_to(stand, mailbox=mailbox, verify=verify)
    assert second.place.previous == first.digest


def test_changed_words_move_the_conversation(page: Page, stand: Stand) -> None:
    mailbox, verify = start(page, stand, story="Мої слова могли побачити")

    page.locator("#change-words").click()
    expect(page.locator("#words li")).to_have_count(10)

    moved = written_to(stand, mailbox=mailbox, verify=verify)[-1]
    assert moved.body.kind is ReportKind.MOVE
    assert moved.body.move_to


def test_after_a_failure_the_same_new_words_go_on(page: Page, stand: Stand) -> None:
    start(page, stand, story="Зв'язок уривається")
    posted: list[Route] = []

    def cut_off_the_second(route: Route) -> None:
        posted.append(route)
        route.abort() if len(posted) == 2 else route.continue_()

    page.route("**/api/envelopes", cut_off_the_second)
    page.locator("#change-words").click()
    expect(page.get_by_text("Запишіть і ці слова")).to_be_visible()
    words = page.locator("#words li").all_text_contents()

    page.locator("#change-words").click()

    expect(page.get_by_text("старі слова вже нічого не відкриють")).to_be_visible()
    assert page.locator("#words li").all_text_contents() == words
    assert len(posted) == 3


def test_the_old_words_open_nothing_once_the_desk_has_read_the_move(
    page: Page, stand: Stand
) -> None:
    words = send(page, stand.front, story="Слова хтось бачив")
    mailbox, _verify = first_of(stand, story="Слова хтось бачив")
    told = canonical.encode({"backed_up": [], "emptied": [mailbox], "filed": []})

    stand.operator.call(stand.courier, path="/api/courier/acknowledge", body=told)
    open_conversation(page, stand.front, words)

    expect(page.get_by_text("Тут ще нічого немає")).to_be_visible()
    expect(page.locator(".entry")).to_have_count(0)


def test_deleting_empties_the_mailbox_at_once(page: Page, stand: Stand) -> None:
    mailbox, verify = start(page, stand, story="Видаліть це")

    page.locator("#delete").click()
    expect(page.get_by_role("heading", name="Видалено")).to_be_visible()

    assert written_to(stand, mailbox=mailbox, verify=verify) == []


def test_the_page_is_empty_until_the_words_are_typed(page: Page, stand: Stand) -> None:
    page.goto(f"{stand.front}/uk/conversation/")

    expect(page.locator("#conversation")).to_be_hidden()
    expect(page.locator("#receipt")).to_have_value("")
