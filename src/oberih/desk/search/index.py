"""Keeps a case's words findable: folded once when they come, in the transaction that files them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Max
from django.db.models.functions import Coalesce

from oberih.desk.models import Case, InternalNote, Message, SearchDocument
from oberih.desk.search.stems import VERSION, backwards, marks_of, stems

START = datetime(2000, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
MOST_AT_ONCE = 500
MOST_STEMS = 20_000
"""More different words than anybody wrote: what a flood would put in is cut off."""


def begin(case: Case, *, texts: Iterable[str]) -> None:
    """Make a case that has just been opened findable; part of the caller's transaction."""
    _make(case, found=words_of(texts))


def add(case: Case, *, texts: Iterable[str]) -> None:
    """Add the words of texts to those of a case; part of the caller's transaction."""
    row = SearchDocument.objects.filter(case=case).first()
    if row is None:
        begin(case, texts=texts)
        return
    found = words_of(texts)
    row.stems = _joined(found | set(row.stems.split()), case=case)
    row.save(update_fields=["stems"])


def replace_all(case: Case) -> None:
    """Fold everything in a case again: after an erasure, a new team, or a change of the folding."""
    SearchDocument.objects.filter(case=case).delete()
    _make(case, found=words_of(_texts(case)))


def catch_up() -> int:
    """Fold cases that have no words yet, or words of an older folding; return how many."""
    missing = Case.objects.filter(search__isnull=True)[:MOST_AT_ONCE]
    older = Case.objects.exclude(search__version=VERSION).filter(search__isnull=False)
    cases = list(missing) or list(older[:MOST_AT_ONCE])
    for case in cases:
        replace_all(case)
    return len(cases)


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the stems of texts and the marks of the identifiers in them."""
    found: set[str] = set()
    for text in texts:
        found |= stems(text) | marks_of(text)
    return found


def scope_of(case: Case) -> str:
    """Return the mark of those who may find the case as its team: a minor's is another one."""
    return f"_{'m' if case.under18 else 't'}{team_mark(case.team)}"


def team_mark(team: str) -> str:
    """Return a team's id as letters and digits alone."""
    return backwards(team)[2:][::-1]


def _make(case: Case, *, found: set[str]) -> None:
    SearchDocument.objects.create(
        id=_free_key(case.filed_at), case=case, stems=_joined(found, case=case), version=VERSION
    )


def _free_key(moment: datetime) -> int:
    """Return the moment in microseconds, or the first free one after the last within a second.

    Reports that one turn takes from the front are filed at the same moment.
    """
    key = int((moment - START).total_seconds() * SECOND)
    near = SearchDocument.objects.filter(pk__range=(key, key + SECOND))
    return max(key, int(near.aggregate(last=Coalesce(Max("pk"), -1))["last"]) + 1)


def _joined(found: set[str], *, case: Case) -> str:
    """Return the words as one text, with the scope as it is now."""
    kept = sorted(word for word in found if not word.startswith(("_t", "_m")))
    return " ".join([scope_of(case), *kept[:MOST_STEMS]])


def _texts(case: Case) -> Iterable[str]:
    messages = Message.objects.filter(conversation__case=case)
    for text, chat, part in messages.values_list("text", "chat", "chat_part"):
        yield text
        yield part
        yield from (line["text"] for line in chat)
    yield from InternalNote.objects.filter(case=case).values_list("text", flat=True)
    named = case.identifiers.values_list("kind", "value")
    yield from (f"{kind}:{value} {value}" for kind, value in named)
