"""How the desk asks the sandbox; whatever comes back is checked again before it is used."""

import re
import socket
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from oberih.core import canonical
from oberih.core.errors import CouldNot
from oberih.sandbox.kinds import Kind
from oberih.sandbox.png import NotOurPng, Size, checked_size
from oberih.sandbox.refusals import (
    KNOWN,
    LONGEST_SPEAKER,
    MOST_SPEAKERS,
    JobDied,
    NotAChat,
    WhoIsWho,
)
from oberih.sandbox.wav import checked_wav
from oberih.system.frames import BrokenFrame, Frame, receive, send

_FINGERPRINT = re.compile(r"(?:[0-9a-f]{16})?")
CALL_SECONDS = 60.0
MOST_MESSAGES = 20_000
LONGEST_TEXT = 8 * 1024 * 1024
MOST_PAGES = 200
LONGEST_POST = 4_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200_000, 60, 500


class SandboxAway(CouldNot):
    """The sandbox does not answer: start it (`oberih up`)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew: PNG without metadata, and its blurred form of the same size."""

    png: bytes
    blurred: bytes
    size: Size


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document as a picture, and how many pages are shown at most."""

    picture: Picture
    pages: int


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds a child of the sandbox on this system, as such a child found it."""

    has_seccomp: bool
    has_own_network: bool


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message of an export; `sender` is "them" or "me"."""

    sender: str
    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class ReadChat:
    """One chat of an export."""

    id: str
    messages: tuple[ReadMessage, ...]


@dataclass(frozen=True, slots=True)
class ReadPost:
    """One post of an exported channel, with what its pictures look like."""

    number: int
    day: date
    text: str
    pictures: tuple[str, ...]


class Sandbox:
    """The sandbox behind its socket. Every method raises SandboxAway, JobDied, BrokenFrame."""

    def __init__(self, socket_path: Path) -> None:
        """Take the socket's path (<data>/run/sandbox.sock)."""
        self._socket_path = socket_path

    def confinement(self) -> Confinement:
        """Return what holds the sandbox here; without seccomp a child may read its user's files."""
        header = self._call(Frame({"op": "confinement"})).header
        return Confinement(header.get("seccomp") is True, header.get("network") is True)

    def inspect(self, content: bytes) -> Kind:
        """Return what the file is, by its bytes."""
        answer = self._call(Frame({"op": "inspect"}, content))
        try:
            return Kind(answer.text("kind"))
        except ValueError as error:
            raise BrokenFrame from error

    def render_image(self, content: bytes) -> Picture:
        """Return the picture drawn anew; raises NotShown, TooLarge, NotOurPng."""
        return _picture(self._call(Frame({"op": "render-image"}, content)))

    def render_page(self, content: bytes, *, number: int) -> Page:
        """Return a page of a PDF drawn as a picture, the first is 0; raises NotShown, TooLarge."""
        answer = self._call(Frame({"op": "render-page", "page": number}, content))
        return Page(_picture(answer), min(answer.number("pages"), MOST_PAGES))

    def stills(self, content: bytes) -> Picture:
        """Return pictures out of a film on one sheet, without its sound; raises NotShown."""
        return _picture(self._call(Frame({"op": "draw-stills"}, content)))

    def sound(self, content: bytes) -> bytes:
        """Return what is heard, as our own plain WAV; raises NotShown, NotOurWav."""
        return checked_wav(self._call(Frame({"op": "hear"}, content)).body)

    def fingerprint_image(self, content: bytes) -> str:
        """Return 16 hex digits of what the picture looks like, or none; raises NotShown."""
        fingerprint = self._call(Frame({"op": "fingerprint-image"}, content)).text("fingerprint")
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise BrokenFrame
        return fingerprint

    def read_chat(self, content: bytes, *, form: str = "auto", me: str = "") -> list[ReadChat]:
        """Return the chats of an export; raises NotAChat, TooLarge, WhoIsWho.

        `form` is a format of `oberih check`, `me` the family's own name where it is not plain.
        """
        answer = self._call(Frame({"op": "read-chat", "format": form, "me": me}, content))
        try:
            chats = [_chat(fields) for fields in canonical.decode(answer.body)]  # type: ignore[union-attr, arg-type]
        except (canonical.NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
            raise BrokenFrame from error
        _require_limits(chats)
        return chats

    def read_table(self, content: bytes) -> list[list[str]]:
        """Return the rows of a table; raises NotATable, TooLarge."""
        rows = canonical.decode(self._call(Frame({"op": "read-table"}, content)).body)
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise BrokenFrame
        if not all(isinstance(row, list) and len(row) <= MOST_COLUMNS for row in rows):
            raise BrokenFrame
        return [[str(cell)[:LONGEST_CELL] for cell in row] for row in rows]

    def read_channel(self, content: bytes) -> list[ReadPost]:
        """Return the posts of an exported channel or archive; raises NotAChat, TooLarge."""
        answer = self._call(Frame({"op": "read-channel"}, content))
        try:
            return [_post(fields) for fields in canonical.decode(answer.body)]  # type: ignore[union-attr, arg-type]
        except (canonical.NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
            raise BrokenFrame from error

    def _call(self, asked: Frame) -> Frame:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(CALL_SECONDS)
                connection.connect(str(self._socket_path))
                answer = _exchange(connection, asked=asked)
        except OSError as error:
            raise SandboxAway from error
        refusal = answer.header.get("error")
        if refusal == WhoIsWho.__name__:
            raise WhoIsWho(_speakers(answer))
        if isinstance(refusal, str):
            raise KNOWN.get(refusal, JobDied)
        return answer


def _picture(answer: Frame) -> Picture:
    first = answer.number("first")
    png, blurred = answer.body[:first], answer.body[first:]
    size = checked_size(png)
    if checked_size(blurred) != size:
        raise NotOurPng
    return Picture(png, blurred, size)


def _exchange(connection: socket.socket, *, asked: Frame) -> Frame:
    """Send and receive; a child that died without an answer is JobDied."""
    try:
        send(connection, asked)
        return receive(connection)
    except (BrokenFrame, ConnectionResetError, BrokenPipeError) as error:
        raise JobDied from error


def _speakers(answer: Frame) -> tuple[str, ...]:
    speakers = answer.header.get("speakers")
    if not isinstance(speakers, list):
        raise BrokenFrame
    return tuple(str(name)[:LONGEST_SPEAKER] for name in speakers[:MOST_SPEAKERS])


def _chat(fields: dict[str, object]) -> ReadChat:
    messages = fields["messages"]
    if not isinstance(messages, list):
        raise TypeError
    return ReadChat(str(fields["id"])[:200], tuple(_message(one) for one in messages))


def _message(fields: dict[str, object]) -> ReadMessage:
    sender, at, text = fields["from"], fields["at"], fields["text"]
    if sender not in {"them", "me"} or not isinstance(text, str):
        raise TypeError
    return ReadMessage(str(sender), datetime.fromisoformat(str(at)) if at else None, text)


def _post(fields: dict[str, object]) -> ReadPost:
    number, pictures = fields["number"], fields["pictures"]
    if not isinstance(number, int) or not isinstance(pictures, list):
        raise TypeError
    if not all(_FINGERPRINT.fullmatch(str(one)) for one in pictures):
        raise ValueError
    text = str(fields["text"])[:LONGEST_POST]
    return ReadPost(number, date.fromisoformat(str(fields["day"])), text, tuple(map(str, pictures)))


def _require_limits(chats: list[ReadChat]) -> None:
    messages = [message for chat in chats for message in chat.messages]
    if len(messages) > MOST_MESSAGES:
        raise NotAChat
    if sum(len(message.text) for message in messages) > LONGEST_TEXT:
        raise NotAChat
