import io
import tracemalloc
from hashlib import sha256

import pytest
from formats import DESK

from oberih.crypto import age, attachments
from oberih.crypto.attachments import (
    CHUNK,
    AttachmentChanged,
    AttachmentTooLarge,
    EmptyAttachment,
    MalformedAttachment,
    SealedAttachment,
    chunks_for,
    room_of,
)

CLASSES = [1 << power for power in range(9)]


def sealed(content: bytes) -> tuple[SealedAttachment, bytes]:
    """Return what an attachment becomes."""
    sink = io.BytesIO()
    one = attachments.seal_attachment(
        io.BytesIO(content), sink, to=DESK.recipient, size=len(content)
    )
    return one, sink.getvalue()


class Nowhere(io.RawIOBase):
    """A sink that keeps nothing."""

    def write(self, content: object, /) -> int:
        """Forget it."""
        return len(content)  # type: ignore[arg-type]  # bytes, in these tests


class Zeros(io.RawIOBase):
    """A source of zeros that takes no room."""

    def __init__(self, size: int) -> None:
        """Give so many."""
        self.left = size

    def read(self, count: int = -1, /) -> bytes:
        """Give at most so many."""
        given = min(count, self.left)
        self.left -= given
        return bytes(given)


@pytest.mark.parametrize("size", [1, 7, room_of(1), room_of(1) + 1, room_of(2), 1_000_000])
def test_an_attachment_comes_back_with_its_hashes(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    one, file = sealed(content)
    sink = io.BytesIO()

    opened = attachments.open_attachment(io.BytesIO(file), sink, identity=DESK)

    assert sink.getvalue() == content
    assert opened == one
    assert (one.id, one.sha256) == (sha256(file).hexdigest(), sha256(content).hexdigest())


@pytest.mark.parametrize("chunks", CLASSES)
def test_the_sealed_length_tells_the_class_alone(chunks: int) -> None:
    sizes = [room_of(chunks), room_of(chunks // 2) + 1 if chunks > 1 else 1]

    assert [chunks_for(size) for size in sizes] == [chunks, chunks]
    assert [len(sealed(bytes(size))[1]) for size in sizes[:1]] == [chunks * CHUNK]


def test_64_mib_pass_with_less_than_2_mib_in_memory() -> None:
    size = room_of(256)
    tracemalloc.start()

    attachments.seal_attachment(Zeros(size), Nowhere(), to=DESK.recipient, size=size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2 * 1024 * 1024


def test_an_empty_one_is_refused() -> None:
    with pytest.raises(EmptyAttachment):
        sealed(b"")


def test_a_larger_one_is_refused_before_it_is_read() -> None:
    with pytest.raises(AttachmentTooLarge):
        chunks_for(room_of(256) + 1)


@pytest.mark.parametrize("size", [3, 7])
def test_a_file_that_changes_while_it_is_read_is_refused(size: int) -> None:
    with pytest.raises(AttachmentChanged):
        attachments.seal_attachment(
            io.BytesIO(b"hello"), io.BytesIO(), to=DESK.recipient, size=size
        )


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        bytes(8),
        (3).to_bytes(8, "big") + b"ab",
        (2).to_bytes(8, "big") + b"abc",
        (2).to_bytes(8, "big") + b"ab",
        b"\xff" * 8,
    ],
)
def test_another_form_is_refused(plain: bytes) -> None:
    file = age.seal(plain, to=DESK.recipient)

    with pytest.raises(MalformedAttachment):
        attachments.open_attachment(io.BytesIO(file), io.BytesIO(), identity=DESK)


@pytest.mark.parametrize("border", [0, 1_627, 1_643, 67_195, CHUNK - 1])
def test_a_cut_one_is_refused(border: int) -> None:
    _, file = sealed(b"hello")

    with pytest.raises(age.CannotOpen):
        attachments.open_attachment(io.BytesIO(file[:border]), io.BytesIO(), identity=DESK)
