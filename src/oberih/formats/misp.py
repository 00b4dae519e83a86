"""A campaign as an event of MISP's core format (draft-dulaunoy-misp-core-format)."""

import json
from uuid import UUID, uuid5

from oberih.formats.shared import SharedCampaign, SharedIdentifier

OURS = UUID("6a7d4b3e-5a0e-5d8f-9c55-0b6f2c1d9a10")
YOUR_ORGANISATION = "0"
MEDIUM, INITIAL = "2", "0"

TYPES = {
    "phone": ("phone-number", "Other"),
    "viber": ("phone-number", "Other"),
    "whatsapp": ("phone-number", "Other"),
    "signal": ("phone-number", "Other"),
    "email": ("email", "Network activity"),
    "url": ("url", "Network activity"),
    "domain": ("domain", "Network activity"),
    "iban": ("iban", "Financial fraud"),
    "card": ("cc-number", "Financial fraud"),
    "bitcoin": ("btc", "Financial fraud"),
    "ethereum": ("text", "Financial fraud"),
    "tron": ("text", "Financial fraud"),
    "telegram": ("text", "Social network"),
}
"""MISP's attribute type and category of each kind; it has none for some accounts and coins."""


def event(campaign: SharedCampaign) -> bytes:
    """Return the event as JSON; it is not published there and stays with the one who imports it."""
    told = {
        "uuid": str(uuid5(OURS, f"event {campaign.id}")),
        "info": campaign.name,
        "date": campaign.made_at.date().isoformat(),
        "timestamp": str(int(campaign.made_at.timestamp())),
        "published": False,
        "analysis": INITIAL,
        "threat_level_id": MEDIUM,
        "distribution": YOUR_ORGANISATION,
        "Orgc": {"name": campaign.operator, "uuid": str(uuid5(OURS, campaign.operator))},
        "Tag": [{"name": "tlp:amber"}, *({"name": _tag(one.code)} for one in campaign.tactics)],
        "Attribute": [_attribute(one, campaign=campaign) for one in campaign.identifiers],
    }
    return json.dumps({"Event": told}, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _tag(code: str) -> str:
    return f'oberih:tactic="{code}"'


def _attribute(identifier: SharedIdentifier, *, campaign: SharedCampaign) -> dict[str, object]:
    kind, category = TYPES.get(identifier.kind, ("text", "Other"))
    return {
        "uuid": str(uuid5(OURS, f"{campaign.id} {identifier.kind}:{identifier.value}")),
        "type": kind,
        "category": category,
        "value": identifier.value,
        "comment": identifier.kind,
        "to_ids": True,
        "disable_correlation": False,
        "distribution": YOUR_ORGANISATION,
        "timestamp": str(int(campaign.made_at.timestamp())),
    }
