"""The register's cast: sources and people in few words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from oberih.register import events, services
from oberih.register.models import Event, Source
from oberih.register.states import EventType, PersonId, SourceKind
from oberih.register.values import Sought, SourceWords, Spelling
from oberih.staff.models import Member


@dataclass
class Cast:
    """Tracing at work."""

    tracing: Member
    now: datetime
    entropy: Callable[[int], bytes]

    def source(self, kind: SourceKind = SourceKind.FAMILY, *, official: bool = False) -> Source:
        words = SourceWords(f"{kind} {self.entropy(3).hex()}", kind, is_official=official)
        return services.add_source(words, by=self.tracing)

    def person(self, surname: str, given: str = "", patronymic: str = "") -> PersonId:
        sought = Sought(self.source().pk, Spelling(surname, given, patronymic))
        made = services.add_person(sought, by=self.tracing, now=self.now, entropy=self.entropy)
        return PersonId(made.pk)

    def event(self, person: PersonId, type: EventType, **fields: object) -> Event:  # noqa: A002  # the field's name
        source = fields.pop("source", None) or self.source(SourceKind.RED_CROSS, official=True).pk
        learned = fields.pop("learned_on", self.now.date())
        made = events.Happening(person, source, type, learned, **fields)  # type: ignore[arg-type]
        return events.add(made, by=self.tracing, now=self.now)


def day(text: str) -> date:
    return date.fromisoformat(text)
