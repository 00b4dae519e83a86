"""Invented exports of chats, as messengers write them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

BEGAN = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)
SMALL_TALK = ("Добрий день", "Як ви?", "Дякую, тримаємось", "Гарного вечора")
DEMANDS = (
    "Я був з вашим чоловіком в одній камері, маю від нього звістку",
    "Тільки нікому не кажіть про нашу розмову",
    "Якщо допоможете, йому зроблять кращі умови",
    "Сфотографуйте військову техніку біля вокзалу і надішліть мені",
    "Якщо не зробите, його будуть бити, і це ваша вина",
)


def telegram(folder: Path, *, messages: int = 60) -> Path:
    """Write a personal chat as Telegram Desktop exports it (JSON)."""
    texts = [SMALL_TALK[index % len(SMALL_TALK)] for index in range(messages - len(DEMANDS))]
    lines = [
        {
            "id": number,
            "type": "message",
            "date": (BEGAN + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S"),
            "from": "Андрій" if is_theirs else "Олена",
            "from_id": "user777" if is_theirs else "user100",
            "text": text,
        }
        for number, (text, is_theirs) in enumerate(
            [(text, index % 2 == 0) for index, text in enumerate(texts)]
            + [(text, True) for text in DEMANDS]
        )
    ]
    chat = {"name": "Андрій", "type": "personal_chat", "id": 777, "messages": lines}
    path = folder / "result.json"
    path.write_text(json.dumps(chat, ensure_ascii=False))
    return path
