"""What she writes is sealed in her browser, and only the desk's key opens it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from oberih.core.time import now
from oberih.crypto import message
from oberih.crypto.envelope import seal_envelope
from oberih.crypto.message import Place, ReplyBody, ReplyKind, ReplyMessage, ReportMessage
from tests.journeys.conftest import Stand
from tests.journeys.steps import open_conversation, send

STORY = "Дзвонив незнайомий, каже, що сидів з моїм сином. Просить нікому не казати."


def reply_to(report: ReportMessage, *, body: ReplyBody, sequence: int = 1) -> ReplyMessage:
    place = report.place
    return ReplyMessage(Place(place.mailbox, place.epoch, sequence, "", 1, now().date()), body)


def sealed(reply: ReplyMessage, *, report: ReportMessage, mac: bytes) -> bytes:
    assert report.first is not None
    inner = message.authenticate_reply(reply, mac_key=mac)
    return seal_envelope(inner, header=reply.header, to=report.first.recipient)


def the_report(stand: Stand, *, story: str) -> ReportMessage:
    return next(one for one in stand.operator.collect(stand.courier) if one.body.text == story)


def test_the_desk_reads_what_she_wrote(page: Page, stand: Stand) -> None:
    words = send(page, stand.front, story=STORY)

    assert len(words) == 10
    assert the_report(stand, story=STORY).body.language == "uk"


def test_she_reads_the_answer_with_her_words(page: Page, stand: Stand) -> None:
    words = send(page, stand.front, story="Перше запитання")
    report = the_report(stand, story="Перше запитання")
    assert report.first is not None
    reply = reply_to(report, body=ReplyBody(ReplyKind.REPLY, "Ми з вами."))
    stand.operator.deliver(stand.courier, sealed=sealed(reply, report=report, mac=report.first.mac))

    open_conversation(page, stand.front, words)

    expect(page.get_by_text("Ми з вами.")).to_be_visible()


def test_her_message_stands_before_the_answer_to_it(page: Page, stand: Stand) -> None:
    words = send(page, stand.front, story="Запитання цього дня")
    report = the_report(stand, story="Запитання цього дня")
    assert report.first is not None
    reply = reply_to(report, body=ReplyBody(ReplyKind.REPLY, "Відповідь цього дня."))
    stand.operator.deliver(stand.courier, sealed=sealed(reply, report=report, mac=report.first.mac))

    open_conversation(page, stand.front, words)

    expect(page.locator(".entry")).to_contain_text(["Ви писали", "Відповідь цього дня."])


def test_a_forged_answer_is_shown_as_refused(page: Page, stand: Stand) -> None:
    words = send(page, stand.front, story="Друге запитання")
    report = the_report(stand, story="Друге запитання")
    reply = reply_to(report, body=ReplyBody(ReplyKind.REPLY, "Передайте гроші."))
    stand.operator.deliver(stand.courier, sealed=sealed(reply, report=report, mac=b"\0" * 32))

    open_conversation(page, stand.front, words)

    expect(page.get_by_text("Відхилено")).to_be_visible()
    expect(page.get_by_text("Передайте гроші.")).to_have_count(0)


def test_mailbox_becomes_desk_only_on_the_desk_s_own_word(page: Page, stand: Stand) -> None:
    send(page, stand.front, story="Третє запитання")
    expect(page.get_by_text("Чергові ще не забрали")).to_be_visible()
    report = the_report(stand, story="Третє запитання")
    assert report.first is not None
    received = (message.Received(1, now().date()),)
    reply = reply_to(report, body=ReplyBody(ReplyKind.RECEIVED, received=received))

    stand.operator.deliver(stand.courier, sealed=sealed(reply, report=report, mac=report.first.mac))

    expect(page.get_by_text("Повідомлення в чергових.")).to_be_visible(timeout=30_000)


def test_two_of_the_words_are_asked_for(page: Page, stand: Stand) -> None:
    words = send(page, stand.front, story="Четверте запитання")
    fields = page.locator(".two input")

    for field in fields.all():
        number = int((field.get_attribute("id") or "word-0").removeprefix("word-"))
        field.fill(words[number - 1].upper())
    page.locator("#compare").click()

    expect(page.get_by_text("Тепер цю сторінку можна закрити")).to_be_visible()


def test_files_arrive_whole(page: Page, stand: Stand, tmp_path: Path) -> None:
    voice = tmp_path / "voice.ogg"
    voice.write_bytes(bytes(range(256)) * 4096)

    send(page, stand.front, story="З голосом", files=[voice])
    expect(page.get_by_text("Файли у скриньці.")).to_be_visible()

    attached = the_report(stand, story="З голосом").body.attachments
    assert [(one.name, one.size) for one in attached] == [("voice.ogg", 256 * 4096)]
