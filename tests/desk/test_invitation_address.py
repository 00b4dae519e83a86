"""The link that `oberih desk invite` prints leads to the desk that runs, on whichever port."""

import json
from pathlib import Path

from django.test import override_settings

from oberih.desk.wiring import remember_addresses


def test_commands_beside_the_desk_learn_where_it_is(tmp_path: Path) -> None:
    with override_settings(DATA=tmp_path, DESK_URL="http://localhost:9001"):
        remember_addresses()

    known = json.loads((tmp_path / "run" / "addresses.json").read_text())
    assert known["OBERIH_DESK_URL"] == "http://localhost:9001"
