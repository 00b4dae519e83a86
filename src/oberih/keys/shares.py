"""The offline root in three shares of 33 words, any two of which give it back (SLIP-0039)."""

from collections.abc import Sequence
from pathlib import Path

import shamir_mnemonic  # type: ignore[import-untyped]  # it ships no types
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.core.errors import BadInput, Refused
from oberih.keys.making import ROOT_FILE, ROOT_LABEL, NoRoot, Places
from oberih.keys.passphrase import Passphrase
from oberih.keys.vault import open_under_passphrase, seal_under_passphrase
from oberih.system.private_files import write_whole

SHARES, NEEDED = 3, 2


class NotShares(BadInput):
    """These are not two shares of one root: 33 words each, a share a line."""


class OtherRoot(Refused):
    """These shares give a root that is not this desk's: nothing was changed."""


def split_root(places: Places, *, passphrase: Passphrase) -> list[str]:
    """Return three new shares of the root; raises NoRoot, WrongPassphrase.

    Shares of two splits do not mix. Whoever has two of one split has the root.
    """
    try:
        sealed = (places.root / ROOT_FILE).read_bytes()
    except FileNotFoundError as error:
        raise NoRoot from error
    seed = open_under_passphrase(sealed, passphrase=passphrase, label=ROOT_LABEL)
    shares: list[str] = shamir_mnemonic.generate_mnemonics(1, [(NEEDED, SHARES)], seed)[0]
    return shares


def restore_root(places: Places, *, shares: Sequence[str], passphrase: Passphrase) -> None:
    """Make root.key again from two shares; raises NotShares, OtherRoot."""
    try:
        seed = shamir_mnemonic.combine_mnemonics([" ".join(one.split()) for one in shares])
        root = Ed25519PrivateKey.from_private_bytes(seed)
    except (shamir_mnemonic.MnemonicError, ValueError) as error:
        raise NotShares from error
    if root.public_key().public_bytes_raw() != _own_root(places.keys):
        raise OtherRoot
    sealed = seal_under_passphrase(seed, passphrase=passphrase, label=ROOT_LABEL)
    write_whole(places.root / ROOT_FILE, content=sealed)


def _own_root(keys: Path) -> bytes:
    return bytes.fromhex((keys / "root.pub").read_text())
