"""The demo's campaign: the largest group of linked cases, named by the invented lead."""

import os

from oberih.campaigns import alarms, confirming
from oberih.campaigns.confirming import Deed
from oberih.campaigns.models import Campaign, Contact, Group
from oberih.campaigns.states import ClueKind
from oberih.campaigns.taking import live_book
from oberih.core.time import now
from oberih.desk.campaigns import claiming
from oberih.desk.campaigns.claiming import Named
from oberih.desk.states import CaseId
from oberih.staff.models import Member

NAME = "«Співкамерник» з одного номера"
CLAIMED = "Тарас Вигаданий, співкамерник"


def name_once(*, lead: Member) -> None:
    """Confirm the group that most families stand behind, unless it was done; look for bursts."""
    if Campaign.objects.exists():
        return
    largest = Group.objects.filter(book=live_book()).order_by("-families", "name").first()
    if largest is not None:
        confirming.confirm(largest.name, name=NAME, deed=Deed(lead, now()), entropy=os.urandom)
        _note_claims(largest.name, lead=lead)
    alarms.look(now=now())


def _note_claims(group: str, *, lead: Member) -> None:
    """Note an invented person in two cases of the group, as an officer would read it there."""
    cases = Contact.objects.filter(book=live_book(), group=group).order_by("case")
    for case in cases.values_list("case", flat=True)[:2]:
        claiming.note(Named(ClueKind.PERSON, CLAIMED), case=CaseId(case), by=lead, now=now())
