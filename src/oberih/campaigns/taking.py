"""A case taken in: its clues, its wordings, its group; all in the caller's transaction.

What stands in a book afterwards follows from the facts of its cases and from what people decided,
not from the order in which the cases came. So a rebuild gives the same, and a report that arrives
costs what it touches.
"""

import os
from collections.abc import Callable
from datetime import datetime

from oberih.campaigns.clues import show
from oberih.campaigns.facts import Facts
from oberih.campaigns.lexicon import digest_of, empty_lexicon
from oberih.campaigns.models import Book, Contact, SetApart
from oberih.campaigns.settling import join, join_new, settle
from oberih.campaigns.states import CaseId
from oberih.campaigns.sums import add_up
from oberih.campaigns.wordings import said

FIRST = 1


def live_book() -> int:
    """Return the number of the live book."""
    return Book.objects.values_list("number", flat=True).get(is_live=True)


def open_first_book(*, now: datetime, entropy: Callable[[int], bytes] = os.urandom) -> None:
    """Make the first book, once."""
    stored = empty_lexicon(salt=int.from_bytes(entropy(4), "little")).to_bytes()
    Book.objects.get_or_create(
        number=FIRST,
        defaults={
            "is_live": True,
            "lexicon": stored,
            "digest": digest_of(stored),
            "opened_at": now,
        },
    )


def take_in(facts: Facts, *, book: int) -> bool:
    """Link a case with all others; return False when nothing about it is new."""
    row = Contact.objects.filter(book=book, case=facts.case).first()
    if row is not None and row.digest == facts.digest:
        return False
    has_other_family = row is not None and row.family != facts.family
    is_new = row is None
    if row is None:
        row = Contact(book=book, case=facts.case, component=facts.case, group=facts.case)
        row.is_apart = SetApart.objects.filter(pk=facts.case).exists()
    elif has_other_family:
        _leave_family(row)
    _describe(row, facts=facts)
    lost = show(row, facts=facts)
    moved = said(row, texts=facts.texts)
    if lost or moved.has_lost or has_other_family or row.is_apart:
        settle({row.case, *lost, *moved.cases}, book=book)
    elif is_new:
        join_new(row)
    else:
        join(row.case, book=book)
    return True


def let_go(case: CaseId, *, book: int) -> None:
    """Take a case out again, as if it had never come; the desk erased it."""
    row = Contact.objects.filter(book=book, case=case).first()
    if row is None:
        return
    empty = Facts(case=case, family=row.family, day=row.day)
    lost = show(row, facts=empty)
    moved = said(row, texts=())
    settle({case, *lost, *moved.cases}, book=book)
    row.refresh_from_db()
    row.delete()
    add_up({row.group}, gone=(), book=book)


def _describe(row: Contact, *, facts: Facts) -> None:
    row.family, row.day = facts.family, facts.day
    row.region, row.channel = facts.region, facts.channel
    row.tactics, row.stage = list(facts.tactics), facts.stage
    row.digest = facts.digest
    row.save()


def _leave_family(row: Contact) -> None:
    """Forget the clues that were counted for another family; they are counted anew."""
    show(row, facts=Facts(case=CaseId(row.case), family=row.family, day=row.day))
