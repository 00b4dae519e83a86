"""Attachments on their way: sealed into a private temporary file, then sent chunk by chunk.

Only sealed bytes are written down; the file is gone when the upload is closed.
"""

import mimetypes
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Self

from oberih.client.front import Access, ChunkAt, Front
from oberih.core.errors import BadInput
from oberih.core.shown import shown_name
from oberih.crypto.age import Recipient
from oberih.crypto.attachments import (
    CHUNK,
    chunks_for,
    seal_attachment,
)
from oberih.crypto.bodies import LONGEST_NAME, Attachment


class UnreadableAttachment(BadInput):
    """An attachment cannot be read: look whether the file is there."""


class Uploads:
    """The sealed attachments of one report; close it to forget them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open = ExitStack()
        self._sealed: list[tuple[Attachment, IO[bytes]]] = []

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the sealed files."""
        self._open.close()

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """What the first message announces."""
        return tuple(attachment for attachment, _ in self._sealed)

    def seal(self, paths: Sequence[Path], *, to: Recipient) -> None:
        """Seal the files.

        Raises UnreadableAttachment, EmptyAttachment, AttachmentTooLarge, AttachmentChanged.
        """
        for path in paths:
            self._sealed.append(self._one(path, to=to))

    def send(self, front: Front, *, access: Access) -> None:
        """Send what the front does not have yet; called again it goes on where it stopped."""
        for attachment, sealed in self._sealed:
            have = front.announce(access, attachment=attachment.id, chunks=attachment.chunks)
            for index in sorted(set(range(attachment.chunks)) - have):
                sealed.seek(index * CHUNK)
                front.put_chunk(access, ChunkAt(attachment.id, index, sealed.read(CHUNK)))

    def _one(self, path: Path, *, to: Recipient) -> tuple[Attachment, IO[bytes]]:
        file = tempfile.TemporaryFile(prefix="oberih-sealed-")  # noqa: SIM115  # closed by the stack
        sink = self._open.enter_context(file)
        try:
            with path.open("rb") as source:
                sealed = seal_attachment(source, sink, to=to, size=path.stat().st_size)
        except OSError:
            raise UnreadableAttachment from None
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Attachment(
            id=sealed.id,
            name=shown_name(path.name)[:LONGEST_NAME],
            type=kind,
            size=sealed.size,
            sha256=sealed.sha256,
            chunks=sealed.chunks,
        ), sink


def require_sealable(paths: Sequence[Path]) -> None:
    """Raise EmptyAttachment, AttachmentTooLarge or UnreadableAttachment before any work."""
    for path in paths:
        try:
            size = path.stat().st_size
        except OSError:
            raise UnreadableAttachment from None
        if not path.is_file():
            raise UnreadableAttachment
        chunks_for(size)
