"""What the two reporter's commands share: the front and its root key, texts from files."""

import argparse
import os
import sys
from pathlib import Path

from oberih.client.front import Front
from oberih.core.errors import BadInput
from oberih.sites.environment import data_directory

LARGEST_TEXT = 4 * 1024 * 1024
ROOT_LENGTH = 32


class UnreadableText(BadInput):
    """The text cannot be read: look whether the file is there."""


class NotUtf8(BadInput):
    """The text is not UTF-8: save it as UTF-8 and try again."""


class TextTooLarge(BadInput):
    """The text is too large: at most 4 MB; longer things can be attached."""


class NotARootKey(BadInput):
    """The root key is 64 hexadecimal letters."""


def add_front_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the front's address and the operator's root key."""
    parser.add_argument("--front", required=True, metavar="URL", help="the front's address")
    parser.add_argument(
        "--root",
        metavar="HEX",
        help="the operator's root key (or OBERIH_ROOT, or front/root.pub in the data directory; "
        "otherwise the one in the front's own page, as a browser would take it)",
    )


def front_of(arguments: argparse.Namespace) -> Front:
    """Return the front to talk to; raises NoFrontAddress, NotARootKey."""
    spelled = arguments.root or os.environ.get("OBERIH_ROOT") or _own_root()
    return Front(arguments.front, root=_root(spelled) if spelled else None)


def text_of(name: str) -> str:
    """Return a text from a file or from standard input (-); raises leaves of BadInput."""
    content = sys.stdin.buffer.read(LARGEST_TEXT + 1) if name == "-" else _content(Path(name))
    if len(content) > LARGEST_TEXT:
        raise TextTooLarge
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8 from None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_TEXT + 1)
    except OSError:
        raise UnreadableText from None


def _own_root() -> str:
    """Return the root key of a front on this machine, "" when there is none."""
    place = data_directory() / "front" / "root.pub"
    return place.read_text("ascii").strip() if place.is_file() else ""


def _root(spelled: str) -> bytes:
    try:
        root = bytes.fromhex(spelled.strip())
    except ValueError:
        raise NotARootKey from None
    if len(root) != ROOT_LENGTH:
        raise NotARootKey
    return root
