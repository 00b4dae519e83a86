"""The attack suite: the same text spelt so that a naive reader misses it; deterministic."""

from collections.abc import Callable

TWINS = str.maketrans("аеорсхіуАЕОРСХІ", "aeopcxiyAEOPCXI")
MARKS = str.maketrans("", "", ".,!?;:«»\"'—-")


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


DISGUISES: dict[str, Callable[[str], str]] = {
    "none": str,
    "look-alike letters": lambda text: text.translate(TWINS),
    "zero-width marks": "\u200b".join,
    "a spaced word": _spaced,
    "capitals": str.upper,
    "no punctuation": lambda text: text.translate(MARKS).lower(),
    "typos": _typos,
}
"""By name; each leaves a person able to read the text."""
