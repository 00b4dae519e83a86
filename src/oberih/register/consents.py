"""Which consents stand: nothing leaves the register without one for exactly this purpose."""

from datetime import date

from django.db.models import QuerySet

from oberih.register.exchange_states import Purpose
from oberih.register.models import Consent


def standing_consents(purpose: Purpose, *, today: date) -> QuerySet[Consent]:
    """Return the consents for a purpose that have begun, not ended and not been withdrawn."""
    rows = Consent.objects.filter(purpose=purpose.value, withdrawn_on__isnull=True)
    return rows.filter(given_on__lte=today, expires_on__gt=today)


def agreed_people(purpose: Purpose, *, today: date) -> set[str]:
    """Return for whom somebody who asks has agreed to the purpose."""
    rows = standing_consents(purpose, today=today)
    return set(rows.values_list("relation__person", flat=True))
