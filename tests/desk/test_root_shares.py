"""The offline root comes back from any two of three shares, and from nothing else."""

from pathlib import Path

import pytest

from oberih.core import time
from oberih.keys.making import NoRoot, Places, make_keys, renew_delegations
from oberih.keys.passphrase import Passphrase
from oberih.keys.shares import NotShares, OtherRoot, restore_root, split_root
from oberih.keys.vault import WrongPassphrase

WORDS = Passphrase("seven invented words for this one test")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return made(tmp_path_factory.mktemp("keys"))


def made(folder: Path) -> Places:
    places = Places(folder / "keys", folder / "root")
    make_keys(places, passphrase=WORDS, now=time.now())
    return places


@pytest.mark.parametrize("kept", [(0, 1), (0, 2), (1, 2)])
def test_any_two_shares_bring_a_lost_root_back(places: Places, kept: tuple[int, int]) -> None:
    shares = split_root(places, passphrase=WORDS)
    (places.root / "root.key").unlink()

    restore_root(places, shares=[shares[number] for number in kept], passphrase=WORDS)

    renew_delegations(places, passphrase=WORDS, now=time.now())


def test_one_share_mixed_shares_and_typing_errors_are_refused(places: Places) -> None:
    one, other = (split_root(places, passphrase=WORDS) for _ in range(2))
    words = one[0].split()
    mistyped = " ".join([*words[:5], "academic" if words[5] != "academic" else "acid", *words[6:]])

    for shares in ([one[0]], [one[0], other[1]], [mistyped, one[1]], ["x"], []):
        with pytest.raises(NotShares):
            restore_root(places, shares=shares, passphrase=WORDS)


def test_shares_of_another_operators_root_change_nothing(places: Places, tmp_path: Path) -> None:
    strange = split_root(made(tmp_path), passphrase=WORDS)
    before = (places.root / "root.key").read_bytes()

    with pytest.raises(OtherRoot):
        restore_root(places, shares=strange[:2], passphrase=WORDS)
    assert (places.root / "root.key").read_bytes() == before


def test_splitting_needs_the_root_and_the_words(places: Places, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        split_root(places, passphrase=Passphrase("these are not the seven right words"))
    with pytest.raises(NoRoot):
        split_root(Places(places.keys, tmp_path), passphrase=WORDS)
