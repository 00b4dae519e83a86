"""The gateways' process has the outbox and the networks, and nothing of the desk."""

import subprocess
import sys

FORBIDDEN = ("django", "sqlcipher3", "oberih.desk", "oberih.keys", "oberih.alerts.models")


def test_the_process_loads_nothing_of_the_desk() -> None:
    told = "import sys, oberih.alerts.gateways.serve; print(*sys.modules)"

    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", told], capture_output=True, check=True, text=True
    )

    assert not set(done.stdout.split()) & set(FORBIDDEN)
