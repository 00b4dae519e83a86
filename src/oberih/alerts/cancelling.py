"""The words with which an alert can be withdrawn at once: prepared and released with the alert."""

from collections.abc import Mapping

HEADLINES = {
    "uk": "Скасовано: {headline}",
    "en": "Withdrawn: {headline}",
    "ru": "Отменено: {headline}",
}
TEXTS = {
    "uk": "Це попередження більше не діє. Не пересилайте його далі. "
    "Решта порад для родин лишаються чинними.",
    "en": "This warning is no longer in force. Do not pass it on. "
    "The other advice for families still holds.",
    "ru": "Это предупреждение больше не действует. Не пересылайте его дальше. "
    "Остальные советы семьям остаются в силе.",
}
LONGEST_HEADLINE = 120


def prepared(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the cancellation in the alert's languages."""
    return {
        language: {
            "headline": HEADLINES[language].format(headline=words["headline"])[:LONGEST_HEADLINE],
            "text": TEXTS[language],
            "advice": "",
        }
        for language, words in texts.items()
    }
