from pathlib import Path

import duckdb
import pytest

from oberih.register.linkage.duck import Limits, in_memory


def test_the_working_tables_have_no_place_on_the_disk() -> None:
    with in_memory(Limits()) as connection:
        told = connection.execute(
            "select current_setting('temp_directory'), current_setting('memory_limit')"
        ).fetchone()
        files = connection.execute("select path from duckdb_databases() where path is not null")

        assert told is not None
        assert told[0] == ""
        assert told[1] == "667.5 MiB"
        assert files.fetchall() == []


def test_the_working_tables_cannot_be_exported(tmp_path: Path) -> None:
    with in_memory(Limits()) as connection, pytest.raises(duckdb.PermissionException):
        connection.execute(f"copy (select 1) to '{tmp_path / 'out.csv'}'")


def test_nothing_can_lift_the_limits() -> None:
    with in_memory(Limits()) as connection, pytest.raises(duckdb.InvalidInputException):
        connection.execute("set temp_directory = '/tmp/elsewhere'")


def test_too_little_memory_fails_and_does_not_spill() -> None:
    with (
        in_memory(Limits(memory="30MB")) as connection,
        pytest.raises(duckdb.OutOfMemoryException),
    ):
        connection.execute("create table t as select random() as x from range(20_000_000)")
