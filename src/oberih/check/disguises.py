"""The attack suite: the same text spelt so that a naive reader misses it; deterministic."""

from collections.abc import Callable

TWINS = str.maketrans("аеорсхіуАЕОРСХІ", "aeopcxiyAEOPCXI")
MARKS = str.maketrans("", "", ".,!?;:«»\"'—-")
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ"
TYPED = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia y e io _"
LATIN = dict(zip(CYRILLIC, TYPED.split(" "), strict=True))
SWITCHED = {
    "ваш": "your",
    "твій": "твой",
    "чоловік": "муж",
    "чоловіка": "мужа",
    "сина": "son",
    "сьогодні": "сегодня",
    "сегодня": "today",
    "завтра": "tomorrow",
    "гроші": "деньги",
    "деньги": "гроші",
    "якщо": "если",
    "если": "якщо",
    "треба": "надо",
    "надо": "треба",
    "твой": "твій",
    "машину": "car",
    "фото": "photo",
    "you": "ти",
    "your": "твой",
    "he": "він",
    "money": "гроші",
}


def _typos(text: str) -> str:
    """Drop a letter in the middle of every third long word."""
    words = text.split(" ")
    for at in range(0, len(words), 3):
        word = words[at]
        if len(word) > 6:  # noqa: PLR2004  # a long word
            words[at] = word[: len(word) // 2] + word[len(word) // 2 + 1 :]
    return " ".join(words)


def _spaced(text: str) -> str:
    """Put spaces between the letters of the longest word."""
    longest = max(text.split(" "), key=len)
    return text.replace(longest, " ".join(longest), 1)


def _latin(text: str) -> str:
    """Type Cyrillic in Latin letters."""
    return "".join(LATIN.get(letter, letter) for letter in text.lower()).replace("_", "")


def _switched(text: str) -> str:
    """Say some frequent words in another language."""
    return " ".join(SWITCHED.get(word.lower(), word) for word in text.split(" "))


DISGUISES: dict[str, Callable[[str], str]] = {
    "none": str,
    "look-alike letters": lambda text: text.translate(TWINS),
    "zero-width marks": "\u200b".join,
    "a spaced word": _spaced,
    "capitals": str.upper,
    "no punctuation": lambda text: text.translate(MARKS).lower(),
    "typos": _typos,
    "typed in Latin letters": _latin,
    "words of another language": _switched,
}
"""By name; each leaves a person able to read the text."""
