import io
import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from oberih.crypto import age
from oberih.crypto.age_header import HeaderChanged
from oberih.crypto.age_stream import BrokenPayload, sealed_length

SIZES = [0, 1, 65_535, 65_536, 65_537, 50 * 1024 * 1024]
BORDERS = [0, 1, 16, 65_551, 65_552, 65_553, 131_103, 131_104]
IDENTITY = age.Identity.from_seed(bytes(range(32)))
VECTORS = json.loads((Path(__file__).parents[3] / "vectors/hpke-mlkem768x25519.json").read_text())[
    "vectors"
]
CLASSICAL = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
PEER = Path(__file__).with_name("peer.mjs")


def peer(act: str, *, key: str, content: bytes) -> bytes:
    command = ["node", str(PEER), act, key]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout  # noqa: S603  # our own fixed command


def content_of(size: int) -> bytes:
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_here_opens_with_the_peer(size: int) -> None:
    sealed = age.seal(content_of(size), to=IDENTITY.recipient)

    assert peer("open", key=IDENTITY.secret_text(), content=sealed) == content_of(size)


@pytest.mark.parametrize("size", SIZES)
def test_what_the_peer_seals_opens_here(size: int) -> None:
    sealed = peer("seal", key=str(IDENTITY.recipient), content=content_of(size))

    assert age.open_sealed(sealed, identity=IDENTITY) == content_of(size)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=70_000))
def test_sealing_and_opening_gives_the_content_back(content: bytes) -> None:
    sealed = age.seal(content, to=IDENTITY.recipient)

    assert age.open_sealed(sealed, identity=IDENTITY) == content
    assert len(sealed) - 1_627 == sealed_length(len(content))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    sealed = bytearray(age.seal(b"hello", to=IDENTITY.recipient))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(age.CannotOpen):
        age.open_sealed(bytes(sealed), identity=IDENTITY)


@pytest.mark.parametrize("border", BORDERS)
def test_truncation_at_each_border_is_refused(border: int) -> None:
    sealed = age.seal(content_of(2 * 65_536 + 5), to=IDENTITY.recipient)
    payload = len(sealed) - sealed_length(2 * 65_536 + 5) + 16

    with pytest.raises(BrokenPayload):
        age.open_sealed(sealed[: payload + border], identity=IDENTITY)


def test_another_identity_cannot_open() -> None:
    sealed = age.seal(b"hello", to=IDENTITY.recipient)

    with pytest.raises(age.NotSealedToThisIdentity):
        age.open_sealed(sealed, identity=age.Identity.generate())


def test_a_stanza_added_to_the_header_is_noticed() -> None:
    sealed = age.seal(b"hello", to=IDENTITY.recipient)

    with pytest.raises(HeaderChanged):
        age.open_sealed(sealed.replace(b"\n---", b"\n-> X25519 abc\n\n---"), identity=IDENTITY)


@pytest.mark.parametrize(
    "text",
    [
        CLASSICAL,
        "",
        "age1pq1",
        str(IDENTITY.recipient).upper(),
        str(IDENTITY.recipient)[:-1] + "q",
        str(IDENTITY.recipient) + " ",
        "age1tagpq1qqqqqq",
    ],
)
def test_only_a_hybrid_recipient_is_taken(text: str) -> None:
    with pytest.raises(age.NotARecipient):
        age.Recipient.parse(text)


def test_a_classical_identity_is_not_taken() -> None:
    classical = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"

    with pytest.raises(age.NotAnIdentity):
        age.Identity.parse(classical)


def test_keys_come_back_from_their_spelling() -> None:
    identity = age.Identity.generate()

    assert age.Identity.parse(identity.secret_text()).recipient == identity.recipient
    assert age.Recipient.parse(str(identity.recipient)) == identity.recipient


def test_an_identity_does_not_show_its_key() -> None:
    assert IDENTITY.secret_text() not in repr(IDENTITY) + str(IDENTITY)
    assert bytes(range(32)).hex() not in repr(IDENTITY)


@pytest.mark.parametrize("vector", VECTORS)
def test_published_seed_gives_the_published_recipient(vector: dict[str, str]) -> None:
    identity = age.Identity.from_seed(bytes.fromhex(vector["skRm"]))

    assert bytes(identity.recipient).hex() == vector["pkRm"]


@pytest.mark.parametrize("vector", VECTORS)
def test_published_key_schedule_opens_with_our_suite(vector: dict[str, str]) -> None:
    names = ("skRm", "enc", "key", "base_nonce", "info")
    seed, enc, key, nonce, info = (bytes.fromhex(vector[name]) for name in names)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, b"0123456789abcdef", None)

    opened = age.SUITE.decrypt(enc + sealed, age.Identity.from_seed(seed)._key, info=info)  # noqa: SLF001  # HPKE's own vectors need the key

    assert opened == b"0123456789abcdef"


class Drip(io.BytesIO):
    """A source that gives at most 1,000 bytes at once."""

    def read(self, count: int | None = -1, /) -> bytes:
        """Give little."""
        return super().read(min(count or 1_000, 1_000))


def test_a_source_that_gives_little_at_once_is_read_whole() -> None:
    sink = io.BytesIO()
    sealed = age.seal(content_of(200_000), to=IDENTITY.recipient)

    age.open_stream(Drip(sealed), sink, identity=IDENTITY)

    assert sink.getvalue() == content_of(200_000)
