"""What subscribers read besides the warnings: neutral, as somebody else may hold the phone."""

ASK = {
    "uk": "Хтось просив повідомлення на цей номер. Якщо це ви, відповідайте ТАК. Якщо ні, "
    "нічого не робіть.",
    "en": "Somebody asked for messages to this number. If it was you, answer YES. If not, do "
    "nothing.",
    "ru": "Кто-то просил сообщения на этот номер. Если это вы, ответьте ДА. Если нет, ничего не "
    "делайте.",
}
STOP = {"uk": "Досить: СТОП", "en": "No more: STOP", "ru": "Хватит: СТОП"}
HELD = {
    "uk": "Про цей номер ми маємо: сам номер, область {region}, мову, день {since}. Видалити: СТОП",
    "en": "We hold: this number, region {region}, language, the day {since}. To delete it: STOP",
    "ru": "Об этом номере у нас есть: сам номер, область {region}, язык, день {since}. "
    "Удалить: СТОП",
}
REMINDER = {
    "uk": "Щоденне нагадування",
    "en": "Daily reminder",
    "ru": "Ежедневное напоминание",
}
