"""What is odd about a list as a whole and worth a sentence before its links are believed."""

from oberih.core.names.given import given_of
from oberih.core.names.words import is_mixed, words_of
from oberih.register.linkage.dates import born_of
from oberih.register.linkage.reading import Row

_MANY = 0.2
_SWAPPED = 0.5
_ENOUGH = 20


class Watch:
    """Counts what is odd while the rows go by."""

    def __init__(self, file: str) -> None:
        """Begin with nothing seen; `file` is the name in the sentences."""
        self._file = file
        self._rows = self._swapped = self._named = 0
        self._dates = self._unread = self._first_unread = self._mixed = 0

    def see(self, line: int, row: Row) -> None:
        """Count one row."""
        self._rows += 1
        self._mixed += is_mixed(row.surname) or is_mixed(row.given)
        if row.dob:
            self._dates += 1
            if born_of(row.dob) is None:
                self._unread += 1
                self._first_unread = self._first_unread or line
        surname, given = words_of(row.surname), words_of(row.given)
        if surname and given:
            self._named += 1
            turned = given_of(surname[0]).is_known and not given_of(given[0]).is_known
            self._swapped += turned

    def remarks(self) -> list[str]:
        """Return the sentences; none for a list without oddities."""
        told = []
        if self._named >= _ENOUGH and self._swapped > _SWAPPED * self._named:
            told.append("the columns surname and given seem to be swapped; they were turned back")
        if self._unread and self._unread > _MANY * self._dates:
            told.append(
                f"{self._unread} of {self._dates} dates of birth cannot be read (the first in line"
                f" {self._first_unread}): write them as 1985-05-07; these rows count as undated"
            )
        if self._mixed:
            told.append(
                f"{self._mixed} names mix Latin and Cyrillic letters;"
                " the look-alikes were put right"
            )
        return [f"{self._file}: {one}" for one in told]
