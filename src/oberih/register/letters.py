"""Letters to the bureaux about what is overdue, each with its list sealed to the bureau's key.

What may reach the detaining side goes through the National Information Bureau or the Central
Tracing Agency, and with the fields of article 17 alone; a civilian's line has no rank and no
number. A person for whom nobody has agreed to tracing is left out and counted.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.crypto import age
from oberih.crypto.age import Recipient
from oberih.register.consents import agreed_people
from oberih.register.exchange_states import CHANNEL_OF, Purpose
from oberih.register.list_rows import disarmed
from oberih.register.models import Identity, Letter, NameForm, OutgoingRow, SoughtPerson, Source
from oberih.register.overdue import overdue_people
from oberih.register.refusals import NobodyToAskFor, NotABureau
from oberih.register.states import Category, NameRole, Script, SourceKind
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

ARTICLE_17 = ("surname", "given", "rank", "born_on", "service_number")
"""GC III, art. 17: surname, first names and rank, date of birth, and the number."""

HEADINGS = {
    "uk": ("№", "Прізвище", "Ім’я", "Звання", "Дата народження", "Особовий номер"),
    "en": ("No", "Surname", "First names", "Rank", "Date of birth", "Service number"),
}
MOST_LETTERS = 50
_RANK = {Script.UKRAINIAN: 0, Script.LATIN: 1, Script.RUSSIAN: 2}


@dataclass(frozen=True, slots=True)
class LetterWish:
    """To which bureau, about which rule, in which language, sealed to which key."""

    source: int
    rule: str
    language: str
    recipient: str


def write_letter(wish: LetterWish, *, by: Member, now: datetime) -> Letter:
    """Keep a letter with its sealed list; raises NotABureau, NotARecipient, NobodyToAskFor."""
    require(by, Permission.REGISTER_CHANGE)
    source = Source.objects.filter(pk=wish.source, is_official=True).first()
    if source is None or SourceKind(source.kind) not in CHANNEL_OF:
        raise NotABureau
    recipient = Recipient.parse(wish.recipient.strip())
    overdue = overdue_people(wish.rule, today=localdate(now))
    people = sorted(overdue & agreed_people(Purpose.TRACING, today=localdate(now)))
    if not people:
        raise NobodyToAskFor
    lines = article_17_lines(people)
    sealed = age.seal(listed(lines, language=wish.language), to=recipient)
    with transaction.atomic():
        row = Letter.objects.create(
            source=source,
            channel=CHANNEL_OF[SourceKind(source.kind)].value,
            rule=wish.rule,
            language=wish.language,
            recipient=str(recipient),
            sealed=sealed,
            digest=hashlib.sha256(sealed).hexdigest(),
            left_out=len(overdue) - len(people),
            made_by=str(by.pk),
            made_at=now,
        )
        for line in lines:
            line.letter = row
        OutgoingRow.objects.bulk_create(lines)
        detail = {"lines": len(lines), "digest": row.digest}
        record(Act.LETTER_WRITTEN, actor=by.member_id, subject=f"letter {row.pk}", detail=detail)  # type: ignore[arg-type]  # a JSON object
    return row


def article_17_lines(people: Sequence[str]) -> list[OutgoingRow]:
    """Return a line for each person, in this order, with no letter yet."""
    names, marks = _names(people), _marks(people)
    kinds = dict(SoughtPerson.objects.filter(pk__in=people).values_list("pk", "category"))
    lines = []
    for number, person in enumerate(people, 1):
        name, known = names[person], marks.get(person, [])
        line = OutgoingRow(number=number, person=person, surname=name.surname, given=name.given)
        line.born_on = next((one.born_on for one in known if one.born_on), None)
        if kinds[person] != Category.CIVILIAN:
            line.rank = next((one.rank for one in known if one.rank), "")
            line.service_number = next(
                (one.service_number for one in known if one.service_number), ""
            )
        lines.append(line)
    return lines


def listed(lines: Iterable[OutgoingRow], *, language: str) -> bytes:
    """Return the list as CSV; no spreadsheet runs anything in it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADINGS[language])
    for one in lines:
        cells = [_cell(getattr(one, field)) for field in ARTICLE_17]
        writer.writerow([one.number, *map(disarmed, cells)])
    return ("\ufeff" + buffer.getvalue()).encode()


def letters(*, by: Member) -> list[tuple[Letter, int]]:
    """Return the newest letters with how many lines each has."""
    require(by, Permission.REGISTER_SEE)
    rows = Letter.objects.select_related("source").order_by("-pk").defer("sealed")[:MOST_LETTERS]
    newest = list(rows)
    lines = OutgoingRow.objects.filter(letter__in=newest).values_list("letter")
    counts = dict(lines.annotate(n=Count("pk")))
    return [(one, counts.get(one.pk, 0)) for one in newest]


def last_recipient(source: int) -> str:
    """Return the key to which the last letter to a source was sealed, if there was one."""
    rows = Letter.objects.filter(source=source).order_by("-pk")
    return rows.values_list("recipient", flat=True).first() or ""


def _names(people: Sequence[str]) -> dict[str, NameForm]:
    """Return the spelling that goes out: a main one, Ukrainian before the others."""
    rows = NameForm.objects.filter(person__in=people, role=NameRole.MAIN).order_by("-pk")
    ordered = sorted(rows, key=lambda one: -_RANK[Script(one.script)])
    return {one.person_id: one for one in ordered}


def _marks(people: Sequence[str]) -> dict[str, list[Identity]]:
    found: dict[str, list[Identity]] = {}
    for one in Identity.objects.filter(person__in=people).order_by("pk"):
        found.setdefault(one.person_id, []).append(one)
    return found


def _cell(value: str | date | None) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value or ""
