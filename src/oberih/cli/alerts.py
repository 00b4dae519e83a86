"""Verify a published alert: `oberih alerts verify FILE|URL`.

Exit 0: genuine and in date. 1: refused or broken. 2: it cannot be read as an address or file.
The trust begins with the operator's root public key: --root, else the one in the data folder.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from oberih.core import canonical, time
from oberih.core.canonical import Json
from oberih.core.errors import BadInput, CouldNot
from oberih.crypto import trust
from oberih.crypto.notes import Document, NoteRefused, Purpose, verify
from oberih.sites.environment import data_directory

SECONDS = 20.0
LARGEST = 4 * 1024 * 1024
KEY_LENGTH = 64


class NotThere(BadInput):
    """There is no such file: give a note (or alerts.json) that was published, or its address."""


class NoRootKey(BadInput):
    """The operator's root public key is needed: --root, with 64 hex digits or a file of them."""


class AddressSilent(CouldNot):
    """The address does not answer."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and the delegations that were published beside it."""

    alert: bytes
    delegations: bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take `verify` and where trust begins."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    check = acts.add_parser("verify", help="check a published alert's signature and dates")
    check.add_argument("place", metavar="FILE|URL")
    check.add_argument("--root", metavar="HEX|FILE", help="the operator's root public key")
    check.add_argument(
        "--delegations", type=Path, metavar="FILE", help="the root's note (else the published one)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify; print what the alert says, or why it is refused."""
    root = read_root(arguments.root)
    published = read(arguments.place, delegations=arguments.delegations)
    try:
        document = verified(published, root=root)
    except (NoteRefused, canonical.NotCanonical) as refusal:
        print(f"refused: {refusal}")
        return 1
    print(*lines_of(document), sep="\n")
    return 0


def read_root(given: str | None) -> bytes:
    """Return the root key; raises NoRootKey."""
    places = (
        [Path(given)]
        if given
        else [
            data_directory() / "front" / "root.pub",
            data_directory() / "keys" / "root.pub",
        ]
    )
    found = next((place.read_text() for place in places if _is_file(place)), given or "")
    try:
        key = bytes.fromhex(found.strip())
    except ValueError as error:
        raise NoRootKey from error
    if len(found.strip()) != KEY_LENGTH:
        raise NoRootKey
    return key


def read(place: str, *, delegations: Path | None) -> Published:
    """Return the alert and its delegations; raises NotThere, AddressSilent."""
    if urlsplit(place).scheme in {"http", "https"}:
        beside = urljoin(place, "/published/delegations.note")
        return Published(fetch(place), _file(delegations) if delegations else fetch(beside))
    default = data_directory() / "front" / "published" / "delegations.note"
    kept = data_directory() / "keys" / "delegations.note"
    return Published(
        _file(Path(place)), _file(delegations or (default if default.exists() else kept))
    )


def fetch(address: str) -> bytes:
    """Return what stands at an address; raises NotThere, AddressSilent."""
    try:
        response = httpx.get(address, timeout=SECONDS, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AddressSilent from error
    if response.is_error or len(response.content) > LARGEST:
        raise NotThere
    return response.content


def verified(published: Published, *, root: bytes) -> Document:
    """Return the alert's document; raises NoteRefused, NotCanonical."""
    now = time.now()
    delegations = trust.verify_delegations(published.delegations, root=root, now=now)
    key = delegations.key(Purpose.ALERTS)
    note = note_in(published.alert)
    return verify(note, key=key, purpose=Purpose.ALERTS, now=now)


def note_in(content: bytes) -> bytes:
    """Return the note itself, also out of alerts.json."""
    if not content.startswith(b'{"note":'):
        return content
    wrapped = canonical.decode(content)
    note = wrapped.get("note") if isinstance(wrapped, dict) else None
    return note.encode() if isinstance(note, str) else content


def lines_of(document: Document) -> list[str]:
    """Return what the signed document says, in lines."""
    until = f"signed, valid until {document.not_after:%Y-%m-%d %H:%M} UTC"
    body = document.body
    if not isinstance(body, dict):
        return [until]
    return [until, *_alert_lines(body)]


def _alert_lines(body: dict[str, Json]) -> list[str]:
    listed = body.get("alerts")
    if isinstance(listed, list):
        return [f"list of {len(listed)} alerts"]
    texts = body.get("texts")
    found = [f"{body.get('id')}: {body.get('status')}"]
    for language, words in texts.items() if isinstance(texts, dict) else ():
        found.append(f"{language}: {words.get('headline') if isinstance(words, dict) else ''}")
    return found


def _file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotThere from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
