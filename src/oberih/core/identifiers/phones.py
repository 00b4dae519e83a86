"""Phone numbers in E.164 from the digits that people write.

A number with its plus sign counts by the length that its country allows, because spoofed numbers
lie outside the numbering plans too. Without the plus sign it must fit a plan: 0 and the code in
Ukraine, 8 and the code in Russia and Kazakhstan, the old trunk forms "8 050..." and "8 029...",
380..., 375..., 7..., 00... and 810... The plans are libphonenumber's, frozen in phones.json for
Python and the page alike.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from importlib.resources import files
from typing import TypeAlias

_DIGITS = re.compile(r"[0-9]{8,16}")  # 15 and a prefix in brackets
_Plan: TypeAlias = tuple[re.Pattern[str], re.Pattern[str]]  # valid numbers, prefix to dial first

_TABLES = json.loads((files("oberih.core.identifiers") / "phones.json").read_text(encoding="utf-8"))
_LENGTHS: dict[str, list[int]] = _TABLES["lengths"]
_PLANS: dict[str, list[_Plan]] = {}
for _plan in _TABLES["plans"]:
    _PLANS.setdefault(_plan["code"], []).append(
        (re.compile(_plan["valid"]), re.compile(_plan["prefix"]))
    )


def e164(digits: str) -> str:
    """Return the number that begins with a calling code, with its plus sign, or nothing."""
    return (signed(digits) or of_length(digits)) if _DIGITS.fullmatch(digits) else ""


def signed(digits: str) -> str:
    """Return the number behind a plus sign if it fits a plan, or nothing.

    The prefix for calls inside the country is left out: "+380 (0)50..." and "+8 050..." are
    common mistakes.
    """
    return _planned(digits) or (_trunk(digits) if digits.startswith("8") else "")


def of_length(digits: str) -> str:
    """Return the number behind a plus sign if its country has numbers of this length, or nothing.

    The countries with a plan are among them, for the numbers that nobody was given.
    """
    code, national = _coded(digits)
    return f"+{digits}" if code and len(national) in _LENGTHS[code] else ""


def unsigned(digits: str) -> str:
    """Return the number that is written without a plus sign, or nothing."""
    for form, read in _UNSIGNED[digits[0]]:
        if form.fullmatch(digits):
            return read(digits)
    return ""


def without_zero(digits: str) -> str:
    """Return the Ukrainian number behind "38 67...", or nothing; written apart it is not +386."""
    return _planned("380" + digits[2:]) if len(digits) == len("38671234567") else ""


def _trunk(digits: str) -> str:
    """Return the number behind the 8 of old long-distance calls: Ukraine, Belarus, then +7."""
    if len(digits) != len("80501234567"):
        return ""
    inside = _planned("38" + digits[1:]) or _planned("375" + digits[2:])
    return inside if digits[1] == "0" and inside else _planned("7" + digits[1:])


def _planned(digits: str) -> str:
    code, national = _coded(digits)
    for valid, _ in _PLANS.get(code, []):
        if valid.fullmatch(national):
            return f"+{digits}"
    for valid, prefix in _PLANS.get(code, []):
        inside = prefix.match(national)
        if inside and valid.fullmatch(national, inside.end()):
            return f"+{code}{national[inside.end() :]}"
    return ""


def _coded(digits: str) -> tuple[str, str]:
    """Return the calling code and the rest; no calling code begins another."""
    for length in (1, 2, 3):
        if digits[:length] in _LENGTHS:
            return digits[:length], digits[length:]
    return "", digits


_Reader: TypeAlias = tuple[re.Pattern[str], Callable[[str], str]]
_UNSIGNED: defaultdict[str, list[_Reader]] = defaultdict(list)
_UNSIGNED["0"] = [
    (re.compile(r"0[1-9][0-9]{8}"), lambda digits: _planned("38" + digits)),
    (re.compile(r"00[1-9][0-9]{7,14}"), lambda digits: e164(digits[2:])),
]
_UNSIGNED["8"] = [
    (re.compile(r"810[0-9]{8,15}"), lambda digits: _planned(digits[3:])),
    (re.compile(r"8[0-9]{10}"), _trunk),
]
_UNSIGNED["3"] = [(re.compile(r"3(?:80|75)[0-9]{9}"), _planned)]
_UNSIGNED["7"] = [(re.compile(r"7[0-9]{10}"), _planned)]
