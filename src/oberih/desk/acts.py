"""Events of the audit as a page shows them: who, what, when; never contents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from oberih.audit.selectors import Event, newest_events
from oberih.desk import words
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One line of the audit."""

    position: int
    at: datetime | None
    act: str
    actor: str
    subject: str


def acts_page(*, by: Member) -> tuple[ShownEvent, ...]:
    """Return the newest acts of the whole desk, without contents; for the auditor."""
    require(by, Permission.AUDIT_READ)
    names = {str(member.pk): member.name for member in Member.objects.all()}
    return shown(newest_events(), names=names)


def shown(events: Iterable[Event], *, names: Mapping[str, str]) -> tuple[ShownEvent, ...]:
    """Return events in words; an erased one keeps its place."""
    return tuple(_shown(event, names=names) for event in events)


def _shown(event: Event, *, names: Mapping[str, str]) -> ShownEvent:
    if event.fields is None:
        return ShownEvent(event.position, None, _("erased"), "", "")
    act, actor = str(event.fields["act"]), event.fields["actor"]
    return ShownEvent(
        position=event.position,
        at=datetime.fromisoformat(str(event.fields["at"])),
        act=str(words.ACTS.get(act, act)),
        actor=_("the desk") if actor is None else names.get(str(actor), _("a former member")),
        subject=str(event.fields["subject"]),
    )
