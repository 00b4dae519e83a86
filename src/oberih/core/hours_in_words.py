"""Stated hours in words, for families who read or hear them: every day, or day by day."""

from itertools import groupby

from oberih.core.hours import DAYS, Hours

EVERY_DAY = {"uk": "щодня", "ru": "ежедневно", "en": "every day"}
DAY_AND_NIGHT = {"uk": "цілодобово", "ru": "круглосуточно", "en": "day and night"}
NAMES = {
    "uk": ("понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WHOLE_DAY = (0, 24 * 60)


def in_words(hours: Hours, *, language: str) -> str:
    """Return the hours in uk, ru or en; days on which nobody answers are left out."""
    groups = groupby(range(len(DAYS)), key=lambda day: hours.spans[day])
    said = [_part(list(days), span=span, language=language) for span, days in groups if any(span)]
    return ", ".join(said)


def _part(days: list[int], *, span: tuple[int, int], language: str) -> str:
    when = DAY_AND_NIGHT[language] if span == WHOLE_DAY else "–".join(map(_clock, span))
    if len(days) == len(DAYS):
        return when if span == WHOLE_DAY else f"{EVERY_DAY[language]} {when}"
    first, last = (NAMES[language][day] for day in (days[0], days[-1]))
    return f"{first} {when}" if first == last else f"{first}–{last} {when}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
