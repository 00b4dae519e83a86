"""A campaign as a STIX 2.1 bundle (OASIS STIX Version 2.1, 10 June 2021).

The unknown handler is a threat actor of type `unknown`; each identifier is an observable with an
indicator that names it. There is no observed-data object: it would say when and how often. Ids are
derived from what they name and shaped as the standard wants them, so that an export made again is
the same one. Everything is marked TLP:AMBER.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID, uuid5

from oberih.formats.shared import SharedCampaign, SharedIdentifier, SharedTactic, moment

OBSERVABLES = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace that the standard gives to observables (section 2.9)."""

TLP_AMBER = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
VALUES = {"url": "url", "email": "email-addr", "domain": "domain-name"}
"""Kinds that have an observable of their own; all others are accounts."""

Object = dict[str, object]


def bundle(campaign: SharedCampaign) -> bytes:
    """Return the bundle as JSON."""
    objects = list(_objects(campaign))
    name = _id("bundle", key=f"{campaign.id} {moment(campaign.made_at)}")
    whole = {"type": "bundle", "id": name, "objects": objects}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _objects(campaign: SharedCampaign) -> Iterator[Object]:
    operator = _own("identity", key=campaign.operator, campaign=campaign)
    yield {**operator, "name": campaign.operator, "identity_class": "organization"}
    author = {"created_by_ref": operator["id"], "object_marking_refs": [TLP_AMBER]}
    work = {**_own("campaign", key=campaign.id, campaign=campaign), **author, "name": campaign.name}
    yield work
    actor = {
        **_own("threat-actor", key=campaign.id, campaign=campaign),
        **author,
        "name": f"Unknown handler of {campaign.name}",
        "threat_actor_types": ["unknown"],
    }
    yield actor
    yield _relation(work, actor, kind="attributed-to") | author
    for tactic in campaign.tactics:
        pattern = _tactic(tactic, campaign=campaign) | author
        yield pattern
        yield _relation(work, pattern, kind="uses") | author
    for identifier in campaign.identifiers:
        observable = _observable(identifier)
        yield observable
        indicator = _indicator(identifier, campaign=campaign) | author
        yield indicator
        yield _relation(indicator, observable, kind="related-to") | author
        yield _relation(indicator, work, kind="indicates") | author


def _id(kind: str, *, key: str) -> str:
    """Return an id in the form of UUID version 4 (RFC 9562), which the standard asks for."""
    digest = sha256(f"oberih/1/stix/{kind}\0{key}".encode()).digest()
    return f"{kind}--{UUID(bytes=digest[:16], version=4)}"


def _own(kind: str, *, key: str, campaign: SharedCampaign) -> Object:
    at = moment(campaign.made_at)
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, key=key),
        "created": at,
        "modified": at,
    }


def _tactic(tactic: SharedTactic, *, campaign: SharedCampaign) -> Object:
    named = {"name": f"{tactic.code}: {tactic.words}"}
    return {**_own("attack-pattern", key=tactic.code, campaign=campaign), **named}


def _observable(identifier: SharedIdentifier) -> Object:
    kind = VALUES.get(identifier.kind, "user-account")
    name = "value" if identifier.kind in VALUES else "account_login"
    told = {name: identifier.value}
    spelled = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    number = uuid5(OBSERVABLES, spelled)
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{number}", **told}


def _indicator(identifier: SharedIdentifier, *, campaign: SharedCampaign) -> Object:
    observable = _observable(identifier)
    kind = str(observable["type"])
    name = "value" if identifier.kind in VALUES else "account_login"
    value = identifier.value.replace("\\", "\\\\").replace("'", "\\'")
    return {
        **_own("indicator", key=f"{identifier.kind}:{identifier.value}", campaign=campaign),
        "name": f"{identifier.kind} used against families of prisoners",
        "description": "Reported by three or more unrelated families.",
        "indicator_types": ["malicious-activity"],
        "pattern": f"[{kind}:{name} = '{value}']",
        "pattern_type": "stix",
        "valid_from": moment(campaign.made_at),
    }


def _relation(source: Object, target: Object, *, kind: str) -> Object:
    key = f"{source['id']} {kind} {target['id']}"
    return {
        "type": "relationship",
        "spec_version": "2.1",
        "id": _id("relationship", key=key),
        "created": source["created"],
        "modified": source["modified"],
        "relationship_type": kind,
        "source_ref": source["id"],
        "target_ref": target["id"],
    }
