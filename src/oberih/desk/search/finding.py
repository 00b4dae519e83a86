"""Full-text search over what a member may see, the newest first.

Ordered by date and never by rank: a rank is counted over all rows and would tell of hidden ones.
The scope stands in the full-text query itself, so that hidden cases cost nothing to step over,
and every result passes the one rule of need-to-know once more.
"""

import re
from collections.abc import Iterator

from django.db import connection
from django.db.models import Q, QuerySet

from oberih.core.identifiers import find
from oberih.desk.access.visible import granted_cases, sees_minors
from oberih.desk.models import Case, SearchDocument
from oberih.desk.search.index import team_mark
from oberih.desk.search.stems import backwards, exact_mark, stems
from oberih.staff.models import Member
from oberih.staff.roles import Permission

MOST_NAMED = 601
FIRST_CHUNK = 200
LONGEST_CHUNK = 5_000
MOST_WORDS = 12
FEWEST_DIGITS = 4
NEWEST = 2**62
CASE = re.compile(r"([A-Z2-7]{4})[- ]?([A-Z2-7]{0,4})")
PREFIX = 4
AFTER_ALL = "~"
"""Comes after every letter of a case's id."""

SQLITE = (
    "SELECT rowid FROM desk_words WHERE desk_words MATCH %s AND rowid < %s "
    "ORDER BY rowid DESC LIMIT %s"
)
POSTGRESQL = (
    "SELECT id FROM desk_searchdocument WHERE words @@ %s::tsquery AND id < %s "
    "ORDER BY id DESC LIMIT %s"
)
SQLITE_ONE = "SELECT rowid FROM desk_words WHERE desk_words MATCH %s AND rowid = %s"
POSTGRESQL_ONE = "SELECT id FROM desk_searchdocument WHERE words @@ %s::tsquery AND id = %s"

Terms = list[list[str]]
"""Alternatives within each term; every term must hold. A star at the end is a beginning."""


def matching(search: str, *, among: QuerySet[Case], by: Member, most: int) -> list[str]:
    """Return the ids of at most so many cases of `among` that match, the newest first."""
    named = _named(search, among=among)
    if not by.may(Permission.CASE_READ):
        return named
    terms = terms_of(search)
    if not terms:
        return named
    found = dict.fromkeys(named)
    for chunk in _chunks(terms, by=by):
        rows = among.filter(search__in=chunk).order_by("-search__pk")
        found |= dict.fromkeys(rows.values_list("pk", flat=True)[:most])
        if len(found) >= most:
            break
    return list(found)[:most]


def terms_of(search: str) -> Terms:
    """Return what must be in a case: each identifier in any spelling, each word by its stem."""
    named = list(find(search))
    terms = [[exact_mark(one.identifier)] for one in named]
    rest = search
    for one in named:
        rest = rest.replace(search[one.start : one.end], " ")
    for word in rest.split():
        terms += _word(word)
    return terms[:MOST_WORDS]


def _word(word: str) -> Terms:
    digits = [letter for letter in word if letter.isalnum()]
    if len(digits) >= FEWEST_DIGITS and all(letter.isdigit() for letter in digits):
        return [["".join(digits), backwards(word) + "*"]]
    return [[one, f"{one}*"] if len(one) >= PREFIX else [one] for one in sorted(stems(word))]


def _named(search: str, *, among: QuerySet[Case]) -> list[str]:
    """Return the case whose id the search is, or begins."""
    matched = CASE.fullmatch(search.strip().upper())
    if matched is None:
        return []
    begins = "-".join(part for part in matched.groups() if part)
    rows = among.filter(_beginning(begins)).order_by("-filed_at")
    return list(rows.values_list("pk", flat=True)[:MOST_NAMED])


def _beginning(begins: str) -> Q:
    """Return the rule of ids that begin so; SQLite reads no index for a LIKE that names case."""
    if connection.vendor == "postgresql":
        return Q(pk__startswith=begins)
    return Q(pk__gte=begins, pk__lt=begins + AFTER_ALL)


def _chunks(terms: Terms, *, by: Member) -> Iterator[list[int]]:
    """Yield keys of documents that hold the terms: first the rare ones outside the teams."""
    outside = _outside(by)
    if outside:
        yield [key for key in outside if _holds(key, terms=terms)]
    if not by.team_ids:
        return
    scoped = [*terms, _scopes(by)]
    before, size = NEWEST, FIRST_CHUNK
    while chunk := _asked(scoped, before=before, size=size):
        yield chunk
        if len(chunk) < size:
            return
        before, size = chunk[-1], min(size * 4, LONGEST_CHUNK)


def _scopes(by: Member) -> list[str]:
    kinds = "tm" if sees_minors(by) else "t"
    return [f"_{kind}{team_mark(team)}" for team in by.team_ids for kind in kinds]


def _outside(by: Member) -> list[int]:
    """Return the documents of cases that the member sees as owner or by grant alone.

    Two questions by an index each; one with "or" would read every document.
    """
    team = {"team__in": by.team_ids} | ({} if sees_minors(by) else {"under18": False})
    owned = Case.objects.filter(owner=str(by.pk)).exclude(**team)
    granted = Case.objects.filter(pk__in=granted_cases(by)).exclude(**team)
    keys = {*owned.values_list("pk", flat=True), *granted.values_list("pk", flat=True)}
    rows = SearchDocument.objects.filter(case__in=keys).order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:LONGEST_CHUNK])


def _asked(terms: Terms, *, before: int, size: int) -> list[int]:
    statement = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    return _keys(statement, [_query(terms), before, size])


def _holds(key: int, *, terms: Terms) -> bool:
    statement = POSTGRESQL_ONE if connection.vendor == "postgresql" else SQLITE_ONE
    return bool(_keys(statement, [_query(terms), key]))


def _keys(statement: str, given: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [int(row[0]) for row in cursor.fetchall()]


def _query(terms: Terms) -> str:
    """Return the terms in the database's own language; they hold letters, digits and _ alone."""
    is_postgresql = connection.vendor == "postgresql"
    spelled = _spelled_postgresql if is_postgresql else _spelled_sqlite
    either, both = (" | ", " & ") if is_postgresql else (" OR ", " AND ")
    return both.join(f"({either.join(map(spelled, term))})" for term in terms)


def _spelled_sqlite(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'


def _spelled_postgresql(word: str) -> str:
    return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"
