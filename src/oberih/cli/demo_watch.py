"""The demo's watch list: a reported and an official number, each by two invented members."""

import os
from datetime import timedelta

from oberih.alerts.services import FEWEST_FAMILIES, Grounds
from oberih.alerts.states import Basis
from oberih.core.identifiers import parse
from oberih.core.time import now
from oberih.crypto.watchlist import Answer
from oberih.desk.models import CaseIdentifier
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_publishing import AlreadyBuilding
from oberih.desk.watch_services import Proposal, confirm, propose
from oberih.desk.watch_states import Confidence, ReleasePolicy
from oberih.desk.wiring import watch_publisher
from oberih.keys.client import Ring
from oberih.staff.models import Member

REPORTED, OFFICIAL = "+380 50 000 00 01", "+380 44 000 00 01"
LASTS = timedelta(days=365)
OFFICE = {
    "uk": "Вигадана установа (приклад)",
    "en": "An invented office (example)",
    "ru": "Вымышленное учреждение (пример)",
}


def list_once(*, officer: Member, lead: Member) -> None:
    """Propose both numbers as the officer and confirm them as the lead, unless it was done."""
    if WatchEntry.objects.exists():
        return
    for proposal in (_reported(), _official()):
        entry = propose(proposal, by=officer, now=now(), entropy=os.urandom)
        confirm(entry, only_one=False, by=lead, now=now())


def is_published(ring: Ring) -> bool:
    """Publish the list; False while the worker is just doing that."""
    try:
        watch_publisher(ring).publish(now=now())
    except AlreadyBuilding:
        return False
    return True


def _reported() -> Proposal:
    number = parse(REPORTED)
    seen = CaseIdentifier.objects.filter(
        identifier__kind=number.kind, identifier__value=number.value
    )
    return Proposal(
        identifier=number,
        reason="Кілька родин повідомляють про той самий номер і ті самі вимоги.",
        expires_on=(now() + LASTS).date(),
        tactics=("P1", "C4", "K2"),
        cases=tuple(seen.values_list("case_id", flat=True)),
        confidence=Confidence.CERTAIN,
        policy=ReleasePolicy.PUBLIC,
        grounds=Grounds(Basis.FAMILIES, families=FEWEST_FAMILIES),
    )


def _official() -> Proposal:
    return Proposal(
        identifier=parse(OFFICIAL),
        reason="Вигадана установа, щоб показати, як виглядає офіційний номер.",
        expires_on=(now() + LASTS).date(),
        answer=Answer.OFFICIAL,
        confidence=Confidence.CERTAIN,
        policy=ReleasePolicy.PUBLIC,
        grounds=Grounds(Basis.OTHER_SOURCE, source="вигадано для прикладу"),
        names=OFFICE,
    )
