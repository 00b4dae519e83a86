"""Look-alike folding: texts that look the same to a person become the same text.

The tables are frozen in `lookalikes.json`, which the page reads too: no Unicode table of Python or
of a browser takes part, so both give the same answer in every version. Latin, Cyrillic and Greek
letters that look alike become one (mostly Cyrillic) letter, whatever word they stand in.
It does not see paraphrase, transliteration or missing letters.
"""

import json
import re
from dataclasses import dataclass
from importlib.resources import files

_TABLES = json.loads((files("oberih.core") / "lookalikes.json").read_text(encoding="utf-8"))
_GONE = "\x00"


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origins[i]` is the code point of the original that `text[i]` came from."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, *, end: int) -> tuple[int, int]:
        """Return the half-open span of the original behind `text[start:end]` (not empty)."""
        return self.origins[start], self.origins[end - 1] + 1

    def without(self, text: str) -> "Folded":
        """Return this with `text`, equally long, in which NUL stands for what is left out."""
        return _kept(text, origins=self.origins)


def skeleton(text: str) -> str:
    """Return what the text looks like: small letters, one script, nothing invisible.

    `skeleton("Пoлoн")` with Latin o equals `skeleton("полон")`; an apostrophe inside a word is
    left out, a digit between two letters becomes the letter it imitates. Twice gives the same.
    """
    return fold(text).text


def fold(text: str) -> Folded:
    """Return the skeleton with the way back to the original, in code points."""
    looks = _kept(_joined(text).translate(_LOOKS), origins=range(len(text)))
    return looks.without(_QUIET.sub(_GONE, _INSIDE.sub(_imitated, looks.text)))


def plain(text: str) -> Folded:
    """Return the text without invisible characters, with ASCII digits, spaces, dashes and quotes.

    Letters keep their script and case, so that identifiers can be read from it.
    """
    return _kept(_joined(text).translate(_PLAIN), origins=range(len(text)))


def small(text: str) -> str:
    """Return the text in small letters by the frozen table, each letter one letter."""
    return text.translate(_SMALL)


def _joined(text: str) -> str:
    for apart, letter in _TABLES["pairs"]:
        text = text.replace(apart, letter + _GONE)
    return text


def _kept(text: str, *, origins: range | tuple[int, ...]) -> Folded:
    if _GONE not in text:
        return Folded(text, tuple(origins))
    kept = tuple(origin for letter, origin in zip(text, origins, strict=True) if letter != _GONE)
    return Folded(text.replace(_GONE, ""), kept)


def _imitated(digit: re.Match[str]) -> str:
    imitated: str = _TABLES["inside"][digit[0]]
    return imitated


def _plain_table() -> dict[int, str]:
    table: dict[int, str] = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone surrogates
    for span in _TABLES["drop"].split():
        first, last = (int(edge, 16) for edge in span.split("-"))
        table |= dict.fromkeys(range(first, last + 1), _GONE)
    for meant, written in _TABLES["plain"].items():
        table |= {ord(letter): meant for letter in written}
    for start, letters in _TABLES["runs"]:
        table |= {int(start, 16) + place: letter for place, letter in enumerate(letters)}
    return table


def _looks_table() -> dict[int, str]:
    alike = {letter: meant for meant, letters in _TABLES["alike"].items() for letter in letters}
    letters = {chr(large): alike.get(little, little) for large, little in _SMALL.items()} | alike
    plained = {point: letters.get(meant, meant) for point, meant in _PLAIN.items()}
    return {ord(letter): meant for letter, meant in letters.items()} | plained


_CASE: str = _TABLES["case"]
_SMALL = {ord(large): little for large, little in zip(_CASE[::2], _CASE[1::2], strict=True)}
_PLAIN = _plain_table()
_LOOKS = _looks_table()
_LETTER = "[" + "".join(sorted({*_TABLES["alike"], *_CASE[1::2]})) + "]"
_INSIDE = re.compile(f"(?<={_LETTER})[{''.join(_TABLES['inside'])}](?={_LETTER})")
_QUIET = re.compile(f"(?<={_LETTER})[{re.escape(_TABLES['quiet'])}](?={_LETTER})")
