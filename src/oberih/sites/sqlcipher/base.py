"""Django's SQLite backend over SQLCipher: its own connection and cursor, nothing patched.

The key is 32 raw bytes held by `RawKey`, which shows itself to nobody. What this does not protect
against: whoever reads the memory of the running process has the key.
"""

import datetime as dt
import decimal
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3._functions import (  # type: ignore[import-untyped]  # no stub
    register as register_functions,
)
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as sqlcipher

if TYPE_CHECKING:
    from oberih.sites.descriptors import RawKey

Parameters: TypeAlias = Sequence[object] | Mapping[str, object]

OPENING = (
    "PRAGMA temp_store = MEMORY",  # sorting never leaves rows in a plain file
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -24576",  # KiB: a page that is kept need not be deciphered again
    "PRAGMA legacy_alter_table = OFF",
)


def _reading(parse: Callable[[str], object]) -> Callable[[bytes], object]:
    """Return a converter from what SQLite stores as text."""
    return lambda stored: parse(stored.decode())


sqlcipher.register_converter("bool", b"1".__eq__)
sqlcipher.register_converter("date", _reading(parse_date))
sqlcipher.register_converter("time", _reading(parse_time))
sqlcipher.register_converter("datetime", _reading(parse_datetime))
sqlcipher.register_converter("timestamp", _reading(parse_datetime))
sqlcipher.register_adapter(decimal.Decimal, str)
sqlcipher.register_adapter(dt.date, dt.date.isoformat)
sqlcipher.register_adapter(dt.datetime, lambda moment: moment.isoformat(" "))


class Cursor(sqlcipher.Cursor):  # type: ignore[misc]  # sqlcipher3 ships no types
    """SQLCipher's cursor with Django's %s placeholders."""

    def execute(self, query: str, parameters: Parameters | None = None) -> "Cursor":
        """Run one statement."""
        if parameters is None:
            return cast("Cursor", super().execute(query))
        return cast("Cursor", super().execute(_with_marks(query, parameters), parameters))

    def executemany(self, query: str, rows: Iterable[Parameters]) -> "Cursor":
        """Run one statement for each row."""
        listed = list(rows)
        first = listed[0] if listed else ()
        return cast("Cursor", super().executemany(_with_marks(query, first), listed))


def _with_marks(query: str, parameters: Parameters) -> str:
    """Return the statement with SQLite's own placeholders: ? or :name."""
    if isinstance(parameters, Mapping):
        return query % {name: f":{name}" for name in parameters}
    return stock.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(stock.DatabaseWrapper):
    """Django's SQLite backend on an encrypted file."""

    display_name = "SQLCipher"
    Database = sqlcipher

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401  # Django's signature
        """Open the file with the key; a wrong key raises DatabaseError at the first statement."""
        wanted = dict(conn_params)
        key = cast("RawKey", wanted.pop("key"))
        connection = sqlcipher.connect(**wanted)
        connection.execute(key.pragma())
        for statement in OPENING:
            connection.execute(statement)
        register_functions(connection)
        connection.create_function("casefold", 1, _casefold, deterministic=True)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401, ARG002  # Django's signature
        """Return a cursor of our own class."""
        return self.connection.cursor(factory=Cursor)


def _casefold(text: str | None) -> str | None:
    """Fold case in every script: SQLite's own LIKE folds only Latin letters."""
    return text if text is None else text.casefold()
