"""Capture cards read back: what a filled form says becomes a spelling, marks and an event.

A card is for a prisoner of war; who holds an internment card is a civilian, and who does not know
leaves it open. The address of the next of kin is not taken: it belongs to a request.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register import events
from oberih.register.events import Happening
from oberih.register.models import Identity, SoughtPerson
from oberih.register.refusals import NoSuchPerson, NotACard, SpellingKnown
from oberih.register.services import add_person, add_spelling, identity
from oberih.register.states import Category, EventType, PersonId
from oberih.register.values import Marks, Sought, Spelling
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

VERSION = "oberih-card-1"


@dataclass(frozen=True, slots=True)
class FilledCard:
    """A filled form; `person` where it is known whose card it is, else somebody is added."""

    version: str
    source: int
    spelling: Spelling
    written_on: date
    category: Category = Category.PRISONER
    marks: Marks = field(default_factory=Marks)
    place: str = ""
    person: str = ""


def read_card(
    card: FilledCard, *, by: Member, now: datetime, entropy: Callable[[int], bytes]
) -> PersonId:
    """Put a card into the register and return whose it is; raises NotACard, NoSuchPerson."""
    require(by, Permission.REGISTER_CHANGE)
    if card.version != VERSION or not card.spelling.surname:
        raise NotACard
    with transaction.atomic():
        person = _known(card, by=by) if card.person else _new(card, by=by, now=now, entropy=entropy)
        happening = Happening(
            person=person,
            source=card.source,
            type=EventType.CARD_RECEIVED,
            learned_on=localdate(now),
            occurred_to=card.written_on,
            place=card.place,
        )
        events.add(happening, by=by, now=now)
        record(Act.CARD_READ, actor=by.member_id, subject=f"person {person}", detail={})
    return person


def _new(
    card: FilledCard, *, by: Member, now: datetime, entropy: Callable[[int], bytes]
) -> PersonId:
    sought = Sought(card.source, card.spelling, card.category, card.marks)
    return PersonId(add_person(sought, by=by, now=now, entropy=entropy).pk)


def _known(card: FilledCard, *, by: Member) -> PersonId:
    """Put what the card says beside what other sources say."""
    person = PersonId(card.person)
    if not SoughtPerson.objects.filter(pk=person).exists():
        raise NoSuchPerson
    with suppress(SpellingKnown):  # this source has written the name so before
        add_spelling(person, card.spelling, source=card.source, by=by)
    if not card.marks.is_empty:
        Identity.objects.bulk_create([identity(person, card.marks, source=card.source)])
    return person
