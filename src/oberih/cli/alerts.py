"""Verify a published alert: `oberih alerts verify FILE|URL`.

A note, a CAP file (.xml, by the note beside it), a feed (.atom, .json, by the signed list) or the
list alerts.json, with which every alert that it names is read too. What is forged, expired, shown
again though a newer state exists, or held back is refused.
Exit 0: genuine and in date. 1: refused or broken. 2: it cannot be read as an address or file.
The trust begins with the operator's root public key: --root, else the one in the data folder.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from oberih.cli.alert_places import Place, delegations_at, place_of
from oberih.client import alert_list
from oberih.client.alert_list import AlertList, HeldBack, NotListed, Seen
from oberih.core import canonical, time
from oberih.core.canonical import Json
from oberih.core.errors import BadInput, Refused
from oberih.crypto import trust
from oberih.crypto.notes import Document, Purpose, verify
from oberih.formats import cap
from oberih.sites.environment import data_directory
from oberih.system.private_files import appearing_whole

KEY_LENGTH = 64
LIST = "alerts.json"


class NoRootKey(BadInput):
    """The operator's root public key is needed: --root, with 64 hex digits or a file of them."""


class NoMemory(BadInput):
    """This is not a file of remembered lists: name another one with --state, or remove it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and the delegations that were published beside it."""

    alert: bytes
    delegations: bytes


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads at one place with one root; `seen` is the newest list of an earlier time."""

    place: Place
    delegations: bytes
    root: bytes
    seen: Seen | None

    def document(self, content: bytes) -> Document:
        """Return a genuine document in date; raises NoteRefused, NotCanonical."""
        return verified(Published(content, self.delegations), root=self.root)

    def listed(self) -> AlertList | None:
        """Return the signed list beside; None when there is none. Raises OldList, NoteRefused."""
        content = self.place.beside(LIST)
        if content is None:
            return None
        found = alert_list.read_list(self.document(content))
        alert_list.check_seen(found, seen=self.seen)
        return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take `verify` and where trust begins."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    check = acts.add_parser("verify", help="check a published alert, CAP file, feed or list")
    check.add_argument("place", metavar="FILE|URL")
    add_trust_arguments(check)
    check.add_argument(
        "--state", type=Path, metavar="FILE", help="remember the newest list: an older is refused"
    )


def add_trust_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where trust begins."""
    parser.add_argument("--root", metavar="HEX|FILE", help="the operator's root public key")
    parser.add_argument(
        "--delegations", type=Path, metavar="FILE", help="the root's note (else the published one)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify; print what the alert says, or why it is refused."""
    root = read_root(arguments.root)
    place = place_of(arguments.place)
    delegations = delegations_at(place, given=arguments.delegations)
    reader = Reader(place, delegations, root, _remembered(arguments.state))
    content = place.content()
    try:
        lines = _lines(reader, content=content)
        listed = reader.listed()
    except (Refused, canonical.NotCanonical) as refusal:
        print(f"refused: {refusal}")
        return 1
    if arguments.state and listed:
        _remember(arguments.state, listed=listed)
    print(*lines, sep="\n")
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


def _lines(reader: Reader, *, content: bytes) -> list[str]:
    name = reader.place.name
    if name.endswith(".xml"):
        return _cap(reader, content=content)
    if content.startswith(b'{"note":'):
        return _list(reader, content=content)
    if name.endswith((".atom", ".feed.json")):
        return _feed(reader, content=content)
    return _note(reader, note=content)


def _note(reader: Reader, *, note: bytes) -> list[str]:
    document = reader.document(note)
    listed = reader.listed()
    body = document.body
    is_exercise = isinstance(body, dict) and body.get("standing") == "exercise"
    if listed is not None and not is_exercise:
        alert_list.check_note(note, document=document, listed=listed)
    return lines_of(document)


def _cap(reader: Reader, *, content: bytes) -> list[str]:
    """Check a CAP file by the note beside it, which names its hash."""
    note = reader.place.beside(reader.place.name.removesuffix(".xml") + ".note")
    if note is None:
        raise HeldBack
    lines = _note(reader, note=note)
    body = reader.document(note).body
    named = body.get("cap") if isinstance(body, dict) else None
    digest = named.get("sha256") if isinstance(named, dict) else ""
    alert_list.check_file(content, digest=str(digest))
    cap.validate(content)
    return ["CAP 1.2", *lines]


def _feed(reader: Reader, *, content: bytes) -> list[str]:
    """Check a feed by the signed list, which names its hash."""
    listed = reader.listed()
    if listed is None:
        raise HeldBack
    if reader.place.name not in listed.files:
        raise NotListed
    alert_list.check_file(content, digest=listed.files[reader.place.name])
    return [f"feed as signed, of {len(listed.lines)} alerts ever released"]


def _list(reader: Reader, *, content: bytes) -> list[str]:
    """Check the list and every note that it names; raises HeldBack, Changed, OldList."""
    document = reader.document(content)
    listed = alert_list.read_list(document)
    alert_list.check_seen(listed, seen=reader.seen)
    for line in listed.lines:
        note = reader.place.beside(line.path)
        if note is None:
            raise HeldBack
        alert_list.check_file(note, digest=line.sha256)
    return lines_of(document)


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
        return [f"list of {len(listed)} alerts, each as signed"]
    texts = body.get("texts")
    found = [f"{body.get('id')}: {body.get('status')}, {body.get('message_type')}"]
    for language, words in texts.items() if isinstance(texts, dict) else ():
        found.append(f"{language}: {words.get('headline') if isinstance(words, dict) else ''}")
    return found


def _remembered(state: Path | None) -> Seen | None:
    if state is None or not state.exists():
        return None
    try:
        kept = json.loads(state.read_text())
        return Seen(int(kept["sequence"]), str(kept["head"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoMemory from error


def _remember(state: Path, *, listed: AlertList) -> None:
    with appearing_whole(state) as file:
        file.write(json.dumps({"sequence": listed.sequence, "head": listed.head}).encode())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
