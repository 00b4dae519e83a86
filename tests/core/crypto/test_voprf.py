import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oberih.crypto import dleq, ristretto, voprf
from oberih.crypto.voprf import Blinded, EvaluationKey, Mode, WrongBatch

VECTORS = json.loads(
    (Path(__file__).parents[3] / "vectors/rfc9497-ristretto255.json").read_text(encoding="utf-8")
)
SUITES = {suite["mode"]: suite for suite in VECTORS["suites"]}
CASES = [(Mode(mode), vector) for mode in (0, 1) for vector in SUITES[mode]["vectors"]]
KEY = EvaluationKey.generate(mode=Mode.VOPRF)
ORDER = 2**252 + 27742317777372353535851937790883648493
Vector = dict[str, str]


def parts(text: str) -> list[bytes]:
    return [bytes.fromhex(part) for part in text.split(",")]


def key_of(mode: Mode) -> EvaluationKey:
    suite = SUITES[mode]
    label = bytes.fromhex(suite["keyInfo"])
    return EvaluationKey.derive(bytes.fromhex(suite["seed"]), label=label, mode=mode)


def blinded_of(vector: Vector, *, mode: Mode) -> list[Blinded]:
    return [
        voprf.blind(
            question, mode=mode, random=lambda size, factor=factor: factor.ljust(size, b"\0")
        )
        for question, factor in zip(parts(vector["Input"]), parts(vector["Blind"]), strict=True)
    ]


@pytest.mark.parametrize("mode", [Mode.OPRF, Mode.VOPRF])
def test_the_key_of_the_published_seed_is_the_published_key(mode: Mode) -> None:
    key = key_of(mode)

    assert key.secret.hex() == SUITES[mode]["skSm"]
    assert key.public.hex() == SUITES[mode].get("pkSm", key.public.hex())


@pytest.mark.parametrize(("mode", "vector"), CASES)
def test_blinding_gives_the_published_elements(mode: Mode, vector: Vector) -> None:
    elements = [one.element for one in blinded_of(vector, mode=mode)]

    assert elements == parts(vector["BlindedElement"])


@pytest.mark.parametrize(("mode", "vector"), CASES)
def test_evaluation_gives_the_published_elements(mode: Mode, vector: Vector) -> None:
    asked = parts(vector["BlindedElement"])

    answered = [voprf.evaluate(one, key=key_of(mode)) for one in asked]

    assert answered == parts(vector["EvaluationElement"])


@pytest.mark.parametrize("vector", SUITES[1]["vectors"])
def test_the_proof_is_the_published_one_and_holds(vector: dict[str, object]) -> None:
    nonce = bytes.fromhex(vector["Proof"]["r"])  # type: ignore[index]
    texts: Vector = {name: str(value) for name, value in vector.items()}

    key = key_of(Mode.VOPRF)
    evaluation = voprf.evaluate_proved(
        parts(texts["BlindedElement"]), key=key, random=lambda size: nonce.ljust(size, b"\0")
    )
    batch = blinded_of(texts, mode=Mode.VOPRF)
    outputs = voprf.finalize_proved(batch, evaluation=evaluation, public=key.public)

    assert evaluation.proof.hex() == vector["Proof"]["proof"]  # type: ignore[index]
    assert outputs == parts(texts["Output"])


@pytest.mark.parametrize("vector", SUITES[0]["vectors"])
def test_an_answer_without_proof_gives_the_published_output(vector: Vector) -> None:
    (blinded,) = blinded_of(vector, mode=Mode.OPRF)

    output = voprf.finalize(blinded, element=bytes.fromhex(vector["EvaluationElement"]))

    assert output.hex() == vector["Output"]


@pytest.mark.parametrize(("mode", "vector"), CASES)
def test_who_builds_the_list_gets_what_the_client_gets(mode: Mode, vector: Vector) -> None:
    outputs = [voprf.output(question, key=key_of(mode)) for question in parts(vector["Input"])]

    assert outputs == parts(vector["Output"])


@settings(max_examples=25)
@given(st.lists(st.binary(max_size=80), min_size=1, max_size=10))
def test_any_batch_is_answered_as_the_list_was_built(questions: list[bytes]) -> None:
    batch = [voprf.blind(question, mode=Mode.VOPRF) for question in questions]
    evaluation = voprf.evaluate_proved([one.element for one in batch], key=KEY)

    outputs = voprf.finalize_proved(batch, evaluation=evaluation, public=KEY.public)

    assert outputs == [voprf.output(question, key=KEY) for question in questions]


def test_the_same_question_never_looks_the_same() -> None:
    elements = {voprf.blind(b"phone:+380500000001", mode=Mode.VOPRF).element for _ in range(50)}

    assert len(elements) == 50


NOT_ELEMENTS = {
    "the identity": bytes(32),
    "not canonical, first of RFC 9496": bytes.fromhex("00" + "ff" * 31),
    "not canonical, second": bytes.fromhex("ff" * 31 + "7f"),
    "not canonical, third": bytes.fromhex("f3" + "ff" * 30 + "7f"),
    "not canonical, fourth": bytes.fromhex("ed" + "ff" * 30 + "7f"),
    "not canonical": (2**255 - 19 + 2).to_bytes(32, "little"),
    "negative": bytes.fromhex("01" + "00" * 31),
    "all ones": b"\xff" * 32,
    "off the curve": bytes.fromhex(
        "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371"
    ),
    "too short": bytes(31),
    "too long": KEY.public + b"\0",
}


@pytest.mark.parametrize("encoded", NOT_ELEMENTS.values(), ids=NOT_ELEMENTS.keys())
def test_what_is_no_element_is_neither_evaluated_nor_believed(encoded: bytes) -> None:
    blinded = voprf.blind(b"x", mode=Mode.OPRF)

    for attempt in (
        lambda: voprf.evaluate(encoded, key=KEY),
        lambda: voprf.evaluate_proved([KEY.public, encoded], key=KEY),
        lambda: voprf.finalize(blinded, element=encoded),
    ):
        with pytest.raises(ristretto.NotAnElement):
            attempt()


@pytest.mark.parametrize("number", [0, ORDER, ORDER + 1, 2**256 - 1])
def test_a_scalar_outside_the_order_is_no_key(number: int) -> None:
    with pytest.raises(ristretto.NotAScalar):
        EvaluationKey.from_secret(number.to_bytes(32, "little"), mode=Mode.VOPRF)


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_a_proof_with_one_flipped_bit_is_refused(bit: int) -> None:
    blinded = voprf.blind(b"x", mode=Mode.VOPRF)
    honest = voprf.evaluate_proved([blinded.element], key=KEY)
    proof = bytearray(honest.proof)
    proof[bit // 8] ^= 1 << bit % 8

    forged = voprf.Evaluation(honest.elements, bytes(proof))

    with pytest.raises(dleq.WrongProof):
        voprf.finalize_proved([blinded], evaluation=forged, public=KEY.public)


def test_an_answer_under_another_key_is_refused() -> None:
    other = EvaluationKey.generate(mode=Mode.VOPRF)
    batch = [voprf.blind(bytes([number]), mode=Mode.VOPRF) for number in range(3)]

    evaluation = voprf.evaluate_proved([one.element for one in batch], key=other)

    with pytest.raises(dleq.WrongProof):
        voprf.finalize_proved(batch, evaluation=evaluation, public=KEY.public)


def test_one_answer_of_a_batch_under_another_key_is_refused() -> None:
    other = EvaluationKey.generate(mode=Mode.VOPRF)
    batch = [voprf.blind(bytes([number]), mode=Mode.VOPRF) for number in range(3)]
    honest = voprf.evaluate_proved([one.element for one in batch], key=KEY)
    tagged = (*honest.elements[:2], voprf.evaluate(batch[2].element, key=other))

    with pytest.raises(dleq.WrongProof):
        voprf.finalize_proved(
            batch, evaluation=voprf.Evaluation(tagged, honest.proof), public=KEY.public
        )


@pytest.mark.parametrize("proof", [b"", bytes(64), bytes(63), b"\xff" * 64])
def test_a_proof_that_is_none_is_refused(proof: bytes) -> None:
    blinded = voprf.blind(b"x", mode=Mode.VOPRF)
    element = voprf.evaluate(blinded.element, key=KEY)

    with pytest.raises(dleq.WrongProof):
        voprf.finalize_proved(
            [blinded], evaluation=voprf.Evaluation((element,), proof), public=KEY.public
        )


def test_an_answer_of_another_length_is_refused() -> None:
    batch = [voprf.blind(b"x", mode=Mode.VOPRF), voprf.blind(b"y", mode=Mode.VOPRF)]
    evaluation = voprf.evaluate_proved([batch[0].element], key=KEY)

    with pytest.raises(WrongBatch):
        voprf.finalize_proved(batch, evaluation=evaluation, public=KEY.public)
    with pytest.raises(WrongBatch):
        voprf.evaluate_proved([], key=KEY)


def test_the_key_and_the_question_are_in_no_repr() -> None:
    blinded = voprf.blind(b"phone:+380500000001", mode=Mode.VOPRF)

    assert repr(KEY.secret) not in repr(KEY)
    assert "380500000001" not in repr(blinded)
    assert repr(blinded.blind) not in repr(blinded)


def test_a_machine_without_libsodium_is_told_what_to_install() -> None:
    with pytest.raises(ristretto.NoLibsodium, match="apt install libsodium23"):
        ristretto.loaded(["libnowhere.so.1"])
