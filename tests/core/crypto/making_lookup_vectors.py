"""Make vectors/lookup.json: run `python tests/core/crypto/making_lookup_vectors.py`.

Blinds and the proof's number are drawn from a counter, so everything comes out the same each time.
"""

import json
from collections.abc import Callable
from hashlib import sha256, sha512, shake_256
from itertools import count
from typing import Any

from formats import FOLDER

from oberih.core.identifiers import Identifier, parse
from oberih.crypto import buckets, voprf, watchlist
from oberih.crypto.blind_questions import BlindQuestion, filled, solve, spelled_answer
from oberih.crypto.manifest import bucket_path
from oberih.crypto.voprf import EvaluationKey, Mode
from oberih.crypto.watchlist import Answer, Verdict

SEED = bytes(range(32))
LABEL = b"oberih look-up vectors"
EPOCH = 7
CHALLENGE = bytes([12]) + bytes(range(31))
SALT = sha256(b"the salt of the vectors").digest()
IDENTIFIERS = ("+380500000001", "@invented_contact", "viber://chat?number=%2B380500000002")
Stretch = Callable[[bytes, int], bytes]


class Counter:
    """Bytes that look random and are the same each time."""

    def __init__(
        self, stretch: Stretch = lambda drawn, size: sha512(drawn).digest()[:size]
    ) -> None:
        """Begin at nought."""
        self._numbers = count()
        self._stretch = stretch

    def __call__(self, size: int) -> bytes:
        """Return the next so many bytes."""
        return self._stretch(b"vectors" + next(self._numbers).to_bytes(4, "big"), size)


def made() -> dict[str, Any]:
    """Return the vectors."""
    key = EvaluationKey.derive(SEED, label=LABEL, mode=Mode.VOPRF)
    random = Counter()
    identifiers = [parse(one) for one in IDENTIFIERS]
    asked = [watchlist.question(one) for one in identifiers]
    blinded = [voprf.blind(one, mode=Mode.VOPRF, random=random) for one in asked]
    batch = filled(blinded, random=random)
    question = BlindQuestion(EPOCH, tuple(one.element for one in batch))
    evaluation = voprf.evaluate_proved(question.elements, key=key, random=random)
    return {
        "v": 1,
        "seed": SEED.hex(),
        "label": LABEL.decode(),
        "public": key.public.hex(),
        "epoch": EPOCH,
        "asked": [
            {"identifier": str(one), "blind": asked.blind.hex(), "output": output.hex()}
            for one, asked, output in zip(
                identifiers,
                blinded,
                voprf.finalize_proved(batch, evaluation=evaluation, public=key.public)[:3],
                strict=True,
            )
        ],
        "question": bytes(question).hex(),
        "answer": spelled_answer(evaluation).hex(),
        "puzzle": {
            "challenge": CHALLENGE.hex(),
            "paid": bytes(solve(question, challenge=CHALLENGE, hardest=12)).hex(),
        },
        "buckets": {
            "salt": SALT.hex(),
            "bits": 9,
            "of": {str(one): buckets.bucket_of(one, salt=SALT, bits=9) for one in identifiers},
            "cut": cut(key, identifiers=identifiers),
        },
    }


def cut(key: EvaluationKey, *, identifiers: list[Identifier]) -> dict[str, Any]:
    """Return a list in four buckets, and the file of the first identifier's."""
    told = Verdict(Answer.REPORTED, ("P1",))
    outputs = {one: voprf.output(watchlist.question(one), key=key) for one in identifiers}
    pairs = [
        (buckets.bucket_of(one, salt=SALT, bits=2), watchlist.entry(told, output=output))
        for one, output in outputs.items()
    ]
    filling = Counter(lambda drawn, size: shake_256(drawn).digest(size))
    root, files = buckets.cut(pairs, bits=2, random=filling)
    bucket = buckets.bucket_of(identifiers[0], salt=SALT, bits=2)
    return {
        "bits": 2,
        "root": root.hex(),
        "size": len(files[0]) - 2 * buckets.HASH,
        "bucket": bucket,
        "path": bucket_path(EPOCH, bits=2, bucket=bucket),
        "file": files[bucket].hex(),
    }


if __name__ == "__main__":
    text = json.dumps(made(), ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "lookup.json").write_text(text)
