"""What leaves the register for a purpose, by a consent that stands, event by event.

Tracing and evidence are separate purposes: what the Red Cross and families say, and what passes
between a family and the person, never reaches a prosecutor; the table refuses it too. Proof
questions, kin and claims are in no export at all.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core import canonical
from oberih.register.consents import standing_consents
from oberih.register.exchange_states import FAMILY_MESSAGES, NEVER_TO_PROSECUTORS, Purpose
from oberih.register.models import Consent, Event, ExportedEvent, NameForm
from oberih.register.refusals import NoConsentForThis
from oberih.register.selectors import fact_of
from oberih.register.states import NameRole
from oberih.register.statuses import effective
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class Exported:
    """The document, and to whom the consent lets it go."""

    content: bytes
    scope: str


def export_record(requester: str, *, purpose: Purpose, by: Member, now: datetime) -> Exported:
    """Return what may go out for a purpose; raises NoConsentForThis. Leaves its act."""
    require(by, Permission.REGISTER_KIN)
    standing = standing_consents(purpose, today=localdate(now)).select_related("relation")
    consent = standing.filter(relation__requester=requester).order_by("-expires_on").first()
    if consent is None:
        raise NoConsentForThis
    with transaction.atomic():
        rows = _events(consent, purpose=purpose)
        ExportedEvent.objects.bulk_create(
            ExportedEvent(
                consent=consent,
                event=one,
                purpose=purpose.value,
                source_kind=one.source.kind,
                type=one.type,
                by=str(by.pk),
                at=now,
            )
            for one in rows
        )
        detail: canonical.Json = {"purpose": purpose.value, "events": len(rows)}
        subject = f"requester {requester}"
        record(Act.RECORD_EXPORTED, actor=by.member_id, subject=subject, detail=detail)
    return Exported(_document(consent, rows=rows, now=now), consent.scope)


def _events(consent: Consent, *, purpose: Purpose) -> list[Event]:
    """Return the events that stand, are no claims, and may serve the purpose."""
    rows = Event.objects.filter(person=consent.relation.person_id).select_related("source")
    known = {row.position: row for row in rows}
    stand = [one for one in effective(map(fact_of, known.values())) if not one.is_claim]
    if purpose is Purpose.PROSECUTOR:
        stand = [
            one
            for one in stand
            if one.source_kind not in NEVER_TO_PROSECUTORS and one.type not in FAMILY_MESSAGES
        ]
    return [known[one.position] for one in sorted(stand, key=lambda one: one.position)]


def _document(consent: Consent, *, rows: list[Event], now: datetime) -> bytes:
    person = consent.relation.person_id
    main = NameForm.objects.filter(person=person, role=NameRole.MAIN).order_by("pk")
    events: list[canonical.Json] = [
        {
            "type": one.type,
            "from": one.occurred_from.isoformat() if one.occurred_from else None,
            "to": one.occurred_to.isoformat() if one.occurred_to else None,
            "place": one.place,
            "source": one.source.kind,
        }
        for one in rows
    ]
    return canonical.encode(
        {
            "v": 1,
            "purpose": consent.purpose,
            "consent": {"scope": consent.scope, "until": consent.expires_on.isoformat()},
            "made": localdate(now).isoformat(),
            "names": [one.written for one in main],
            "events": events,
        }
    )
