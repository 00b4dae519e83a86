import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest

from oberih.check.readers import Chat, UnreadableExport, WhoIsMe, format_of, read
from oberih.check.readers.source import peeked

PERSONAL = {
    "name": "Игорь",
    "type": "personal_chat",
    "id": 77,
    "messages": [
        {"id": 1, "type": "service", "action": "phone_call", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2026-11-20T10:00:00",
            "from": "Игорь",
            "from_id": "user77",
            "text": ["Привет, ", {"type": "bold", "text": "жена"}],
        },
        {"id": 3, "type": "message", "from": "Оля", "from_id": "user5", "text": "Хто це?"},
        {
            "id": 4,
            "type": "message",
            "from": "Игорь",
            "from_id": "user77",
            "forwarded_from": "Штаб",
            "text": "переслано",
        },
    ],
}
ANDROID = (
    "20.11.26, 10:00 - Повідомлення захищено наскрізним шифруванням.\n"
    "20.11.26, 10:01 - Олег: перше\nдруга лінія\n20.11.26, 10:02 - Ви: хто це?\n"
)
IOS = "[11/20/26, 10:01:05 AM] Олег: hello\n[11/20/26, 10:02:00 AM] You: who?\n"
SMS = (
    "<?xml version='1.0' encoding='UTF-8'?><smses count='2'>"
    '<sms address="+380500000001" type="1" body="а &amp; б" />'
    '<sms address="+380500000001" type="2" body="хто це?" /></smses>'
)
HTML = (
    '<!DOCTYPE html><html><body><div class="page_wrap"><div class="text bold">Олег</div>'
    '<div class="history"><div class="message default clearfix"><div class="body">'
    '<div class="from_name">Олег</div><div class="text">один<br>два</div></div></div>'
    '<div class="message default clearfix joined"><div class="body"><div class="text">три</div>'
    '</div></div><div class="message default clearfix"><div class="body">'
    '<div class="from_name">Оля</div><div class="text">хто?</div></div></div></div></div></html>'
)


def chats(content: str | bytes, *, me: str = "") -> list[Chat]:
    raw = content if isinstance(content, bytes) else content.encode()
    return list(read(io.BytesIO(raw), me=me))


def said(chat: Chat) -> list[tuple[str, str]]:
    return [(one.sender, one.text) for one in chat.conversation.messages]


def test_a_telegram_chat_knows_them_by_the_chats_id() -> None:
    (chat,) = chats(json.dumps(PERSONAL))

    assert chat.id == "77"
    assert said(chat) == [("them", "Привет, жена"), ("me", "Хто це?"), ("them", "переслано")]


def test_an_account_export_gives_a_chat_each_and_knows_me() -> None:
    group = {**PERSONAL, "id": 9, "type": "private_group"}
    account = {"personal_information": {"user_id": 5}, "chats": {"list": [PERSONAL, group]}}

    found = chats(json.dumps(account))

    assert [one.id for one in found] == ["77", "9"]
    assert said(found[0]) == said(found[1])


def test_a_group_that_names_nobody_asks_who_is_me() -> None:
    group = json.dumps({**PERSONAL, "type": "private_group"})

    with pytest.raises(WhoIsMe, match="Игорь, Оля"):
        chats(group)
    assert said(chats(group, me="Оля")[0])[1][0] == "me"


@pytest.mark.parametrize("text", [ANDROID, IOS])
def test_whatsapp_is_read_in_both_date_styles(text: str) -> None:
    (chat,) = chats(text)

    assert [sender for sender, _ in said(chat)] == ["them", "me"]


def test_whatsapp_lines_without_a_date_continue_the_text() -> None:
    assert said(chats(ANDROID)[0])[0] == ("them", "перше\nдруга лінія")


def test_sms_are_one_chat_a_number() -> None:
    assert said(chats(SMS)[0]) == [("them", "а & б"), ("me", "хто це?")]


def test_telegram_html_joins_messages_to_their_sender() -> None:
    assert said(chats(HTML)[0]) == [("them", "один\nдва"), ("them", "три"), ("me", "хто?")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_pasted_text_is_read_in_its_encoding(encoding: str) -> None:
    (chat,) = chats("Привіт, їдь сюди".encode(encoding))

    assert said(chat) == [("them", "Привіт, їдь сюди")]


def test_pasted_lines_with_my_label_are_a_conversation() -> None:
    (chat,) = chats("Він: ваш чоловік у нас\nЯ: хто це?\n")

    assert said(chat) == [("them", "ваш чоловік у нас"), ("me", "хто це?")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n ",
        b"PK\x03\x04 bomb",
        b"\x1f\x8b\x08",
        json.dumps(PERSONAL)[:-40].encode(),
        b'{"about": "something else"}',
        SMS[:-9].encode(),
        b'<!DOCTYPE x [<!ENTITY a "b">]><smses>&a;</smses>',
        b"text\0with zeros",
    ],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableExport) as refused:
        chats(content)

    assert 10 < len(str(refused.value)) < 200


EXPORTS = json.loads(Path("vectors/exports.json").read_text())["exports"]


@pytest.mark.parametrize("export", EXPORTS, ids=[one["name"] for one in EXPORTS])
def test_each_export_is_read_as_on_the_page(export: dict[str, Any]) -> None:
    raw = export["text"].encode() if "text" in export else base64.b64decode(export["base64"])

    assert format_of(peeked(io.BytesIO(raw))) == export["format"]
    if export.get("refused"):
        with pytest.raises(UnreadableExport):
            chats(raw, me=export["me"])
    else:
        expected = [tuple(one) for one in export["messages"]]
        assert said(chats(raw, me=export["me"])[0]) == expected
