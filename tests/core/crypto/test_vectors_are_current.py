import json

import making_vectors
import pytest
from formats import FOLDER


@pytest.mark.parametrize("name", making_vectors.REPEATABLE)
def test_the_committed_vectors_come_out_again(name: str) -> None:
    made = json.dumps(making_vectors.REPEATABLE[name](), ensure_ascii=False, indent=1) + "\n"

    assert (FOLDER / f"{name}.json").read_text() == made
