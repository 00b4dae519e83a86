"""Where a published alert is read from: an address or a file, and what lies beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from oberih.core.errors import BadInput, CouldNot
from oberih.sites.environment import data_directory

SECONDS = 20.0
LARGEST = 4 * 1024 * 1024
FOLDERS = {"alerts", "exercises", "rules"}
"""Folders below the published one, in which a file may be named."""


class NotThere(BadInput):
    """There is no such file: give a note (or alerts.json) that was published, or its address."""


class AddressSilent(CouldNot):
    """The address does not answer."""


@dataclass(frozen=True, slots=True)
class Place:
    """A published file's name below the published folder, and how its neighbours are read."""

    name: str
    read: Callable[[str], bytes]

    def content(self) -> bytes:
        """Return the file itself; raises NotThere, AddressSilent."""
        return self.read(self.name)

    def beside(self, name: str) -> bytes | None:
        """Return another published file; None when it is not there."""
        try:
            return self.read(name)
        except NotThere:
            return None


def place_of(given: str) -> Place:
    """Return the place that an address or a path names."""
    if urlsplit(given).scheme in {"http", "https"}:
        root = urljoin(given, "/published/")
        return Place(given.removeprefix(root), lambda name: fetch(urljoin(root, name)))
    path = Path(given)
    folder = path.parent.parent if path.parent.name in FOLDERS else path.parent
    return Place(str(path.relative_to(folder)), lambda name: _file(folder / name))


def delegations_at(place: Place, *, given: Path | None) -> bytes:
    """Return the root's note: the one given, else beside the alert, else in the data folder."""
    if given is not None:
        return _file(given)
    beside = place.beside("delegations.note")
    if beside is not None:
        return beside
    own = data_directory() / "front" / "published" / "delegations.note"
    return _file(own if own.exists() else data_directory() / "keys" / "delegations.note")


def fetch(address: str) -> bytes:
    """Return what stands at an address; raises NotThere, AddressSilent."""
    try:
        response = httpx.get(address, timeout=SECONDS, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AddressSilent from error
    if response.is_error or len(response.content) > LARGEST:
        raise NotThere
    return response.content


def _file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotThere from error
