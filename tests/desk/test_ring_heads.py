"""The ring signs heads of the public log twice, and never another past."""

from hashlib import sha256

import pytest

from oberih.core import time
from oberih.crypto.checkpoint import Checkpoint, HeadKeys, verify_checkpoint
from oberih.crypto.notes import Purpose
from oberih.crypto.tree import (
    Hash,
    Head,
    HistoryChanged,
    consistency,
    leaf_hash,
    range_root,
    root_of,
)
from oberih.crypto.trust import verify_delegations
from tests.desk.running_ring import RunningRing

LEAVES = [leaf_hash(bytes([number])) for number in range(9)]
ORIGIN = "oberih/log/0"


def head(leaves: list[Hash]) -> Checkpoint:
    return Checkpoint(ORIGIN, Head(len(leaves), root_of(leaves)))


def test_a_head_verifies_under_the_keys_that_the_root_named(ring: RunningRing) -> None:
    root = bytes.fromhex((ring.keys / "root.pub").read_text())
    second = bytes.fromhex((ring.keys / "log.pub").read_text())
    note = (ring.keys / "delegations.note").read_bytes()
    named = verify_delegations(note, root=root, now=time.now())

    signed = ring.client.sign_head(head(LEAVES), proof=[])

    keys = HeadKeys(named.key(Purpose.LOG), second)
    assert named.key(Purpose.LOG_ML_DSA) == sha256(second).digest()
    assert verify_checkpoint(signed, origin=ORIGIN, keys=keys).size == len(LEAVES)


def test_a_log_that_grew_is_signed_again(ring: RunningRing) -> None:
    ring.client.sign_head(head(LEAVES[:5]), proof=[])

    proof = consistency(5, size=9, root=range_root(LEAVES))
    ring.client.sign_head(head(LEAVES), proof=proof)

    assert ring.client.log_size() == 9


def test_another_past_is_not_signed(ring: RunningRing) -> None:
    ring.client.sign_head(head(LEAVES[:5]), proof=[])
    forged = [leaf_hash(b"forged"), *LEAVES[1:]]

    for leaves in (forged, LEAVES[:4], forged[:5]):
        proof = consistency(4, size=len(leaves), root=range_root(leaves))
        with pytest.raises(HistoryChanged):
            ring.client.sign_head(head(leaves), proof=proof)
        with pytest.raises(HistoryChanged):
            ring.client.sign_head(head(leaves), proof=[])
    assert ring.client.log_size() == 5
