"""What a child of the sandbox can no longer do, tried from inside such a child."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oberih.sandbox.client import Sandbox as Client
from oberih.sandbox.confine import Limits, confine, forget_everything, leave_the_network
from oberih.sandbox.refusals import JobDied
from oberih.sandbox.serve import Sandbox, run
from oberih.system.frames import Frame
from oberih.system.sockets import listening

SUCCEEDED, REFUSED, NO_NETWORK = 10, 20, 30
LIMITS = Limits(cpu_seconds=5, wall_seconds=1.0)


def in_a_child(attempt: Callable[[], object]) -> int:
    """Try something in a confined child; return how it ended."""
    child = os.fork()
    if child == 0:
        status = REFUSED
        try:
            confine(LIMITS)
            attempt()
            status = SUCCEEDED
        except (OSError, MemoryError):
            status = REFUSED
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_child_can_still_compute() -> None:
    assert in_a_child(lambda: sum(range(1000))) == SUCCEEDED


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(socket.socket, id="open a socket"),
        pytest.param(lambda: socket.create_connection(("127.0.0.1", 9)), id="call the network"),
        pytest.param(lambda: socket.getaddrinfo("example.org", 80), id="ask for a name"),
        pytest.param(lambda: Path("/etc/passwd").read_bytes(), id="read a file"),
        pytest.param(lambda: Path("/proc/self/environ").read_bytes(), id="read the environment"),
        pytest.param(lambda: Path("/tmp/oberih-x").write_bytes(b""), id="write a file"),  # noqa: S108
        pytest.param(lambda: list(Path("/").iterdir()), id="list a folder"),
        pytest.param(lambda: os.posix_spawn("/bin/true", ["true"], {}), id="run a program"),
        pytest.param(os.fork, id="start a process"),
        pytest.param(lambda: os.kill(os.getppid(), 0), id="touch another process"),
        pytest.param(lambda: os.setuid(0), id="become root again"),
        pytest.param(lambda: bytearray(8 << 30), id="take 8 GiB of memory"),
    ],
)
def test_a_child_can_no_longer(attempt: Callable[[], object]) -> None:
    assert in_a_child(attempt) == REFUSED


def test_a_key_file_is_unreadable_to_a_child_even_without_seccomp(tmp_path: Path) -> None:
    key = tmp_path / "vault.json"
    key.write_text("secret")
    key.chmod(0o600)
    if os.geteuid() != 0:
        pytest.skip("only root can become nobody")
    done = subprocess.run(  # noqa: S603  # our own fixed command
        ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "cat", str(key)],
        capture_output=True,
        check=False,
    )

    assert done.returncode != 0


def test_the_server_keeps_no_environment_and_no_open_file() -> None:
    descriptor = os.open("/dev/null", os.O_RDONLY)
    child = os.fork()
    if child == 0:
        os.environ["OBERIH_DESK_DATABASE"] = "postgresql://x@y/z"
        forget_everything()
        left = len(os.environ) + len(list(Path("/proc/self/fd").iterdir())) - 4
        os._exit(SUCCEEDED + left)
    os.close(descriptor)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == SUCCEEDED


def test_the_server_has_a_network_of_its_own_without_any_address() -> None:
    child = os.fork()
    if child == 0:
        has_left = leave_the_network()
        names = [line.split(":")[0].strip() for line in network_devices()]
        os._exit((SUCCEEDED if names == ["lo"] else REFUSED) if has_left else NO_NETWORK)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in {SUCCEEDED, NO_NETWORK}


def network_devices() -> list[str]:
    return Path("/proc/net/dev").read_text().splitlines()[2:]


def eat_memory(_asked: Frame) -> Frame:
    return Frame({}, bytearray(8 << 30))


def hang(_asked: Frame) -> Frame:
    while True:
        pass


def crash(_asked: Frame) -> Frame:
    os._exit(1)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Return a sandbox whose jobs are those of a file that has taken the reader over."""
    jobs = {"inspect": eat_memory, "render-image": hang, "read-chat": crash}
    sandbox = Sandbox(jobs=jobs, limits=LIMITS)
    at = tmp_path / "sandbox.sock"
    with listening(at) as listener:
        thread = threading.Thread(target=run, args=(sandbox,), kwargs={"listener": listener})
        thread.start()
        yield Client(at)
        sandbox.stop()
        thread.join()


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_bomb_a_hang_and_a_crash_end_only_their_own_child(client: Client) -> None:
    for bad in (client.inspect, client.render_image, client.read_chat, client.inspect):
        with pytest.raises(JobDied):
            bad(b"x")
