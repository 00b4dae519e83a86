"""No reply to an unverified requester names a place where the register has the person.

It holds against haste, not against an officer who means to tell: another spelling passes.
"""

from oberih.register.claim_check import PLACED, bare
from oberih.register.models import Event
from oberih.register.refusals import PlaceOfTheRegister

SHORTEST = 4


def refuse_places(case: str, *, text: str) -> None:
    """Raise PlaceOfTheRegister when a text names a place of whom this case asks for."""
    placed = Event.objects.filter(
        person__relations__requester__case=case, type__in=[one.value for one in PLACED]
    )
    said = bare(text)
    for place in set(placed.exclude(place="").values_list("place", flat=True)):
        name = bare(place)
        if len(name) >= SHORTEST and name in said:
            raise PlaceOfTheRegister
