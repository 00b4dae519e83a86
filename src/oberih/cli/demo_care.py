"""Fills the demo's page of care once: a case passed on, kin kept apart, a sealed complaint."""

import os
from datetime import timedelta

from oberih.core.time import now
from oberih.desk.access.models import Opening
from oberih.desk.care import complaints, kin, passing
from oberih.desk.care.models import PassedOn
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member

MANY = 17
SAID = "Вигадано для прикладу: колега назвав родині місце, якого ніхто не перевірив."


def care_once(*, officer: Member, lead: Member) -> None:
    """Let the officer have read much, so that the lead is asked to sit down with them."""
    if PassedOn.objects.exists():
        return
    moment = now()
    heavy = Case.objects.filter(band="stop", under18=False).order_by("filed_at")
    cases = list(heavy.values_list("pk", flat=True)[:MANY])
    rows = [
        Opening(member=str(officer.pk), case=case, opened_at=at, seen_at=at)
        for number, case in enumerate(cases)
        if (at := moment - timedelta(hours=2 + number))
    ]
    Opening.objects.bulk_create(rows, ignore_conflicts=True)
    first, second = (CaseId(case) for case in cases[:2])
    kin.keep_apart(first, other=second, by=lead, now=moment)
    passing.pass_on(CaseId(cases[2]), by=officer, now=moment)
    complaints.complain(SAID, by=officer, now=moment, entropy=os.urandom)
