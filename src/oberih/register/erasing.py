"""Erasing who asked for a person: requester, consents, news, questions; the events stay.

Events name nobody who asks. What was exported by a consent keeps that consent's row without the
requester's name, so that it can be said what went where.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.register.models import Consent, FamilyNews, ProofQuestion, Requester
from oberih.register.refusals import NoSuchRequester
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

ERASED = "—"


def erase_requester(requester: str, *, by: Member, now: datetime) -> None:
    """Erase a requester's name and ways, news and questions; withdraw every consent."""
    require(by, Permission.REGISTER_KIN)
    with transaction.atomic():
        row = Requester.objects.select_for_update().filter(pk=requester).first()
        if row is None:
            raise NoSuchRequester
        FamilyNews.objects.filter(relation__requester=row).delete()
        ProofQuestion.objects.filter(relation__requester=row).delete()
        open_consents = Consent.objects.filter(relation__requester=row, withdrawn_on__isnull=True)
        open_consents.update(withdrawn_on=localdate(now))
        row.relations.update(kin=ERASED)
        row.name, row.reach, row.case, row.verified_how = ERASED, "", "", ""
        row.save(update_fields=["name", "reach", "case", "verified_how"])
        record(
            Act.REQUESTER_ERASED, actor=by.member_id, subject=f"requester {requester}", detail={}
        )
