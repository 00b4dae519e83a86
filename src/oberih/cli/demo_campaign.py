"""The demo's campaign: the largest group of linked cases, named by the invented lead."""

import os

from oberih.campaigns import alarms, confirming
from oberih.campaigns.confirming import Deed
from oberih.campaigns.models import Campaign, Group
from oberih.campaigns.taking import live_book
from oberih.core.time import now
from oberih.staff.models import Member

NAME = "«Співкамерник» з одного номера"


def name_once(*, lead: Member) -> None:
    """Confirm the group that most families stand behind, unless it was done; look for bursts."""
    if Campaign.objects.exists():
        return
    largest = Group.objects.filter(book=live_book()).order_by("-families", "name").first()
    if largest is not None:
        confirming.confirm(largest.name, name=NAME, deed=Deed(lead, now()), entropy=os.urandom)
    alarms.look(now=now())
