"""A campaign for other bodies: its numbers that three families know, its tactics, nothing else."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from oberih.alerts.services import TooFewFamilies
from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns.states import CampaignId
from oberih.campaigns.sums import BAR
from oberih.desk.campaigns.page import campaign_page
from oberih.desk.words import TACTICS
from oberih.formats import misp, stix
from oberih.formats.shared import SharedCampaign, SharedIdentifier, SharedTactic
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

MAKERS = {"stix": stix.bundle, "misp": misp.event}


def export(campaign: CampaignId, *, form: str, by: Member, now: datetime) -> bytes:
    """Return a campaign in a form of `MAKERS`; raises TooFewFamilies, NoSuchCampaign.

    An identifier that fewer than three families know stays here: it could name one of them.
    """
    require(by, Permission.CAMPAIGN_LINK)
    shared = _shared(campaign, by=by, now=now)
    with transaction.atomic():
        record(
            Act.CAMPAIGN_EXPORTED,
            actor=by.member_id,
            subject=f"campaign {campaign}",
            detail={"form": form, "identifiers": len(shared.identifiers)},
        )
    return MAKERS[form](shared)


def _shared(campaign: CampaignId, *, by: Member, now: datetime) -> SharedCampaign:
    page = campaign_page(campaign, by=by)
    if not page.may_warn or page.campaign is None:
        raise TooFewFamilies
    known = (clue.row.value.partition(":") for clue in page.clues if clue.families >= BAR)
    with translation.override("en"):
        tactics = tuple(SharedTactic(code, str(TACTICS[code])) for code in page.tactic_codes)
    return SharedCampaign(
        id=str(campaign),
        name=page.campaign.name,
        operator=settings.OPERATOR,
        identifiers=tuple(SharedIdentifier(kind, value) for kind, _colon, value in known),
        tactics=tactics,
        made_at=now,
    )
