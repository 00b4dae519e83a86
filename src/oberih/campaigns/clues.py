"""Clues and who shows them: postings that grow by one row, whatever a clue's frequency.

A clue weighs 1/(other families that show it) and is never cut off. It joins by itself as long as at
most `COMMON` families show it and nobody called it innocent; a commoner one joins when a person
accepts it. Official numbers never get here.
"""

from collections.abc import Iterable

from django.db.models import Count, F, QuerySet

from oberih.campaigns.bests import chunks
from oberih.campaigns.facts import Facts
from oberih.campaigns.models import Clue, ClueVerdict, Contact, PictureBand, Sighting
from oberih.campaigns.states import OBSERVED, ClueKind, Verdict

COMMON = 200
"""A clue of more families is rather a bank, a shop or a channel: a person decides."""

NEAR_BITS = 3
"""Pictures whose fingerprints differ in so many of 64 bits are the same picture."""

_BANDS = 4
_BAND_DIGITS = 4

Clues = frozenset[tuple[ClueKind, str]]


def show(contact: Contact, *, facts: Facts) -> set[str]:
    """Write which clues the contact shows; return cases that lost a link by it."""
    own = contact.sightings.filter(is_near=False).select_related("clue")
    before = {(ClueKind(one.clue.kind), one.clue.value): one.clue for one in own}
    gone = [clue for key, clue in before.items() if key not in facts.clues]
    added = frozenset(facts.clues - set(before))
    if not (gone or added):
        return set()
    if gone:
        _take_away(gone, contact=contact)
    rows = _rows(added, book=contact.book)
    pictures = [row for row in rows if row.kind == ClueKind.PICTURE]
    Sighting.objects.filter(contact=contact, clue__in=pictures).delete()  # near ones until now
    Sighting.objects.bulk_create(Sighting(clue=row, contact=contact) for row in rows)
    _count(rows, contact=contact, step=1)
    for row in pictures:
        _spread(row)
    lost = _decide(rows)
    return lost | _forget(gone, contact=contact) if gone else lost


def _forget(gone: list[Clue], *, contact: Contact) -> set[str]:
    """Forget clues that nobody shows any more; return the cases that lost a link by it."""
    fallen = _decide(gone)
    unshown = Clue.objects.filter(pk__in=[one.pk for one in gone])
    unshown = unshown.exclude(sightings__is_near=False)
    fallen |= _holders(unshown)
    unshown.delete()
    lost = {contact.case} if any(clue.kind != ClueKind.PATTERN for clue in gone) else set()
    return lost | fallen


def decide(kind: ClueKind, *, value: str, book: int) -> set[str]:
    """Let a verdict on a clue count; return the cases that show it."""
    rows = list(Clue.objects.filter(book=book, kind=kind, value=value))
    _decide(rows)
    return _holders(rows)


def is_joining(clue: Clue, *, verdict: str) -> bool:
    """Tell whether a clue joins those who show it."""
    if verdict in {Verdict.ACCEPTED, Verdict.REJECTED}:
        return verdict == Verdict.ACCEPTED and clue.kind != ClueKind.PATTERN
    return clue.kind in OBSERVED and clue.families <= COMMON


def count_again(contacts: QuerySet[Contact]) -> set[str]:
    """Count the families behind all that these contacts show; return whom a changed clue joins."""
    shown = Sighting.objects.filter(contact__in=contacts, is_near=False)
    touched: set[str] = set()
    for some in chunks(set(shown.values_list("clue_id", flat=True))):
        touched |= _count_some(some)
    return touched


def _count_some(numbers: list[int]) -> set[str]:
    shown = Sighting.objects.filter(clue__in=numbers, is_near=False, contact__is_apart=False)
    counted = dict(
        shown.values("clue_id")
        .annotate(n=Count("contact__family", distinct=True))
        .values_list("clue_id", "n")
    )
    rows = list(Clue.objects.filter(pk__in=numbers))
    joined_before = {row.pk: row.joins for row in rows}
    for row in rows:
        row.families = counted.get(row.pk, 0)
    Clue.objects.bulk_update(rows, ["families"])
    _decide(rows)
    return _holders([row for row in rows if row.joins != joined_before[row.pk]])


def _take_away(gone: list[Clue], *, contact: Contact) -> None:
    """Take clues from a contact, and the pictures that it showed only by resemblance to them."""
    near = Sighting.objects.filter(contact=contact, clue__in=_near_of(gone), is_near=True)
    near.delete()
    Sighting.objects.filter(contact=contact, clue__in=gone).delete()
    _count(gone, contact=contact, step=-1)
    kept = contact.sightings.filter(is_near=False, clue__kind=ClueKind.PICTURE)
    if any(one.kind == ClueKind.PICTURE for one in gone):
        for one in kept.select_related("clue"):
            _spread(one.clue)


def _rows(clues: Clues, *, book: int) -> list[Clue]:
    Clue.objects.bulk_create(
        (Clue(book=book, kind=kind, value=value) for kind, value in sorted(clues)),
        ignore_conflicts=True,
    )
    found = Clue.objects.filter(book=book, value__in={value for _kind, value in clues})
    return [row for row in found.order_by("kind", "value") if (row.kind, row.value) in clues]


def _count(rows: Iterable[Clue], *, contact: Contact, step: int) -> None:
    """Count a family more or less, unless another of its cases shows the clue too."""
    if contact.is_apart:
        return
    kin = Contact.objects.filter(book=contact.book, family=contact.family, is_apart=False)
    others = list(kin.exclude(pk=contact.pk).values_list("pk", flat=True))
    known: set[int] = set()
    if others:
        shown = Sighting.objects.filter(clue__in=list(rows), contact__in=others, is_near=False)
        known = set(shown.values_list("clue_id", flat=True))
    moved = [row for row in rows if row.pk not in known]
    for row in moved:
        row.families += step
    Clue.objects.filter(pk__in=[row.pk for row in moved]).update(families=F("families") + step)


def _decide(rows: Iterable[Clue]) -> set[str]:
    """Write which of the clues join now; return the cases that are no longer joined by one."""
    listed = list(rows)
    verdicts = {
        (one.kind, one.value): one.verdict
        for one in ClueVerdict.objects.filter(value__in={row.value for row in listed})
    }
    judged = [
        (row, is_joining(row, verdict=verdicts.get((row.kind, row.value), ""))) for row in listed
    ]
    changed = [(row, joins) for row, joins in judged if joins != row.joins]
    for row, joins in changed:
        row.joins = joins
    for value in (True, False):
        moved = [row.pk for row, joins in changed if joins is value]
        Clue.objects.filter(pk__in=moved).update(joins=value)
    return _holders([row for row, joins in changed if not joins])


def _holders(rows: Iterable[Clue]) -> set[str]:
    found = Sighting.objects.filter(clue__in=list(rows))
    return set(found.values_list("contact__case", flat=True))


def _spread(picture: Clue) -> None:
    """Let everybody who shows a resembling picture show this one too, and the other way round."""
    if picture.kind != ClueKind.PICTURE:
        return
    if not picture.bands.exists():
        PictureBand.objects.bulk_create(
            PictureBand(clue=picture, book=picture.book, band=band)
            for band in _bands(picture.value)
        )
    family = [picture, *_near_of([picture])]
    shown = Sighting.objects.filter(clue__in=family, is_near=False)
    pairs = list(shown.values_list("clue_id", "contact_id"))
    Sighting.objects.bulk_create(
        (
            Sighting(clue=clue, contact_id=contact, is_near=True)
            for clue in family
            for source, contact in pairs
            if source != clue.pk and picture.pk in {source, clue.pk}
        ),
        ignore_conflicts=True,
    )


def _near_of(clues: Iterable[Clue]) -> list[Clue]:
    """Return the pictures that resemble one of these."""
    found: dict[int, Clue] = {}
    for clue in clues:
        if clue.kind != ClueKind.PICTURE:
            continue
        bands = PictureBand.objects.filter(book=clue.book, band__in=_bands(clue.value))
        others = Clue.objects.filter(pk__in=bands.values("clue")).exclude(pk=clue.pk)
        found |= {one.pk: one for one in others if _distance(one.value, clue.value) <= NEAR_BITS}
    return list(found.values())


def _bands(fingerprint: str) -> list[str]:
    return [
        f"{number}{fingerprint[number * _BAND_DIGITS : (number + 1) * _BAND_DIGITS]}"
        for number in range(_BANDS)
    ]


def _distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()
