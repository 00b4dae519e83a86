"""The regions that a reporter may choose from; she may also type something else or nothing."""

from dataclasses import dataclass

from oberih.core.regions import region_names


@dataclass(frozen=True, slots=True)
class Region:
    """One of the 27 regions: its code in ISO 3166-2 and its name in one language."""

    code: str
    name: str


def regions(language: str) -> list[Region]:
    """Return the regions in a language (uk, en or ru); the file is in Ukrainian order."""
    found = [Region(code, name) for code, name in region_names(language).items()]
    return found if language == "uk" else sorted(found, key=lambda region: region.name)
