"""The same question to openmined-psi, in an environment of its own (it is no dependency of ours).

python -m venv psi && psi/bin/pip install openmined-psi==2.0.6
psi/bin/python benchmarks/peer_psi.py 20000
"""

import sys
import time

import private_set_intersection.python as psi

FALSE_POSITIVES = 1e-9
ASKED = 4
TRIES = 50


def main() -> None:
    """Print what set-up and a question of four cost."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    listed = [f"phone:+38050{one:07}" for one in range(count)]
    server, client = psi.server.CreateWithNewKey(True), psi.client.CreateWithNewKey(True)  # noqa: FBT003  # the peer's own form
    began = time.perf_counter()
    setup = server.CreateSetupMessage(FALSE_POSITIVES, ASKED, listed, psi.DataStructure.GCS)
    made = time.perf_counter() - began
    seconds = []
    for _ in range(TRIES):
        request = client.CreateRequest([listed[0], "a", "b", "c"])
        began = time.perf_counter()
        response = server.ProcessRequest(request)
        seconds.append(time.perf_counter() - began)
        found = client.GetIntersection(setup, response)
    middle = 1000 * sorted(seconds)[TRIES // 2]
    print(f"{count:,} entries: set-up {made:.1f} s on a core, {setup.ByteSize():,} bytes")
    print(f"four asked: server {middle:.2f} ms, {request.ByteSize()} bytes out, ", end="")
    print(f"{response.ByteSize()} back, found {found}")


if __name__ == "__main__":
    main()
