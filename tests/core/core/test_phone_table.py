"""The numbering plans of src/oberih/core/identifiers/phones.json are those of libphonenumber.

`python tests/core/core/test_phone_table.py` rewrites it after an update of the library.
"""

import json
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneMetadata
from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE

PATH = Path(__file__).parents[3] / "src/oberih/core/identifiers/phones.json"
PLANNED = ("UA", "RU", "KZ", "BY", "PL", "MD", "RO", "DE", "GE")
PREFIXES = {"RU": "8", "KZ": "8", "BY": "80?|0"}
TYPES = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost"),
    *("personal_number", "voip", "uan", "pager"),
)


def table() -> dict[str, object]:
    """Return the plans of the nearest countries and the lengths of all others."""
    plans = [plan_of(region) for region in PLANNED]
    codes = sorted(_COUNTRY_CODE_TO_REGION_CODE)
    return {"v": 1, "plans": plans, "lengths": {str(code): lengths_of(code) for code in codes}}


def plan_of(region: str) -> dict[str, str]:
    """Return the calling code, the prefix to dial inside the country, the valid numbers."""
    metadata = PhoneMetadata.metadata_for_region(region)
    descriptions = [getattr(metadata, name) for name in TYPES]
    patterns = [one.national_number_pattern for one in descriptions if one]
    return {
        "code": str(metadata.country_code),
        "prefix": PREFIXES.get(region, metadata.national_prefix or ""),
        "valid": "|".join(pattern for pattern in patterns if pattern).replace("\\d", "[0-9]"),
    }


def lengths_of(code: int) -> list[int]:
    """Return how many digits may follow the calling code."""
    found: set[int] = set()
    for region in _COUNTRY_CODE_TO_REGION_CODE[code]:
        found |= lengths_in(region, code=code)
    return sorted(length for length in found if 8 <= length + len(str(code)) <= 15)


def lengths_in(region: str, *, code: int) -> set[int]:
    """Return the lengths of ordinary numbers, or of all where there are no ordinary ones."""
    if region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY:
        metadata = PhoneMetadata.metadata_for_nongeo_region(code)
        return set(metadata.general_desc.possible_length)
    metadata = PhoneMetadata.metadata_for_region(region)
    ordinary = (metadata.fixed_line, metadata.mobile)
    return {length for one in ordinary if one for length in one.possible_length if length > 0}


def written() -> str:
    """Return the table as the file holds it."""
    return json.dumps(table(), indent=1) + "\n"


def test_the_frozen_plans_are_those_of_the_pinned_library() -> None:
    assert PATH.read_text() == written()


if __name__ == "__main__":
    PATH.write_text(written())
