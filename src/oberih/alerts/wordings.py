"""One source of words, in the form that each channel has room for; an exercise says so in each."""

from oberih.alerts.issuing import title
from oberih.alerts.models import Alert
from oberih.alerts.states import MessageType

CODE = {"uk": "Код", "en": "Code", "ru": "Код"}
LABELS = {
    MessageType.UPDATE: {"uk": "Оновлено", "en": "Update", "ru": "Обновлено"},
    MessageType.ALL_CLEAR: {"uk": "Відбій", "en": "All clear", "ru": "Отбой"},
}
VERIFY = {
    "uk": "Перевірте код на сторінці {place}",
    "en": "Check the code at {place}",
    "ru": "Проверьте код на странице {place}",
}


def label(alert: Alert, *, language: str) -> str:
    """Return the headline with what stands before it: exercise, update, all clear."""
    mark = LABELS.get(MessageType(alert.message_type), {}).get(language)
    headline = title(alert, language=language)
    return f"{mark}. {headline}" if mark else headline


def short(alert: Alert, *, language: str) -> str:
    """Return the SMS: headline, what to do, the code to check it by; no link to tap."""
    words = alert.texts[language]
    advice = words["advice"] or words["text"]
    parts = (_ended(label(alert, language=language)), _ended(advice))
    return " ".join((*parts, f"{CODE[language]} {alert.pk}"))


def post(alert: Alert, *, language: str, front: str) -> str:
    """Return a messenger's post."""
    return f"{label(alert, language=language)}\n\n{letter(alert, language=language, front=front)}"


def letter(alert: Alert, *, language: str, front: str) -> str:
    """Return an e-mail's body; its subject is the label."""
    words = alert.texts[language]
    place = f"{front.rstrip('/')}/{language}/lookup/"
    code = f"{CODE[language]} {alert.pk}. {VERIFY[language].format(place=place)}"
    return "\n\n".join(part for part in (words["text"], words["advice"], code) if part)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
