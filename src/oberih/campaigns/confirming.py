"""Campaigns: groups that a person named and confirmed; every act can be taken back."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns.models import Campaign, CampaignCase, Contact
from oberih.campaigns.states import CampaignId, CampaignState
from oberih.campaigns.taking import live_book
from oberih.core.errors import BadInput, Refused
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

LONGEST_NAME = 120


class NoSuchCampaign(BadInput):
    """There is no such campaign."""


class NoSuchGroup(BadInput):
    """There is no such group any more: look at the list again."""


class NameNeeded(BadInput):
    """A campaign needs a name of at most 120 characters."""


class AlreadyInCampaign(Refused):
    """A case of this group belongs to a campaign already: merge, or take it out there first."""


class NotMerged(Refused):
    """This campaign is not merged into another."""


class CannotMerge(Refused):
    """A campaign can be merged only into another one that stands by itself."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who acts, and when."""

    by: Member
    now: datetime


def confirm(group: str, *, name: str, deed: Deed, entropy: Callable[[int], bytes]) -> CampaignId:
    """Name a group and call it a campaign; raises NoSuchGroup, NameNeeded, AlreadyInCampaign."""
    require(deed.by, Permission.CAMPAIGN_LINK)
    cleaned = _named(name)
    try:
        with transaction.atomic():
            cases = _free_cases(group)
            campaign = Campaign.objects.create(
                id=base64.b32encode(entropy(5)).decode().lower(),
                name=cleaned,
                confirmed_by=str(deed.by.pk),
                confirmed_at=deed.now,
            )
            CampaignCase.objects.bulk_create(
                CampaignCase(campaign=campaign, case=case) for case in cases
            )
            _record(Act.CAMPAIGN_CONFIRMED, campaign=campaign, by=deed.by, cases=len(cases))
    except IntegrityError as error:
        raise AlreadyInCampaign from error
    return CampaignId(campaign.pk)


def rename(campaign_id: CampaignId, *, name: str, by: Member) -> None:
    """Give a campaign another name."""
    require(by, Permission.CAMPAIGN_LINK)
    cleaned = _named(name)
    with transaction.atomic():
        campaign = locked(campaign_id)
        campaign.name = cleaned
        campaign.save(update_fields=["name"])
        _record(Act.CAMPAIGN_RENAMED, campaign=campaign, by=by)


def take_new_in(campaign_id: CampaignId, *, by: Member) -> int:
    """Confirm every case that was linked with the campaign since; return how many."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        campaign = locked(campaign_id)
        fresh = sorted(set(cases_of(campaign_id)) - set(_confirmed(campaign_id)))
        CampaignCase.objects.bulk_create(
            CampaignCase(campaign=campaign, case=case) for case in fresh
        )
        _record(Act.CAMPAIGN_GREW, campaign=campaign, by=by, cases=len(fresh))
    return len(fresh)


def merge(campaign_id: CampaignId, *, into: CampaignId, by: Member) -> None:
    """Let one campaign go on inside another; raises CannotMerge."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        campaign, target = locked(campaign_id), locked(into)
        is_free = target.state == campaign.state == CampaignState.CONFIRMED
        if campaign == target or not is_free:
            raise CannotMerge
        campaign.state, campaign.merged_into = CampaignState.MERGED, target
        campaign.save(update_fields=["state", "merged_into"])
        _record(Act.CAMPAIGN_MERGED, campaign=campaign, by=by, into=target.pk)


def unmerge(campaign_id: CampaignId, *, by: Member) -> None:
    """Take a merged campaign out again, with the cases it had; raises NotMerged."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        campaign = locked(campaign_id)
        if campaign.state != CampaignState.MERGED:
            raise NotMerged
        campaign.state, campaign.merged_into = CampaignState.CONFIRMED, None
        campaign.save(update_fields=["state", "merged_into"])
        _record(Act.CAMPAIGN_UNMERGED, campaign=campaign, by=by)


def end(campaign_id: CampaignId, *, by: Member) -> None:
    """Take the confirmation back: its cases are a group again, or several."""
    require(by, Permission.CAMPAIGN_LINK)
    with transaction.atomic():
        campaign = locked(campaign_id)
        if campaign.state != CampaignState.CONFIRMED or campaign.campaign_set.exists():
            raise CannotMerge
        campaign.state = CampaignState.ENDED
        campaign.save(update_fields=["state"])
        campaign.cases.all().delete()
        _record(Act.CAMPAIGN_ENDED, campaign=campaign, by=by)


def locked(campaign_id: CampaignId) -> Campaign:
    """Return a campaign for a change; raises NoSuchCampaign."""
    found = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if found is None:
        raise NoSuchCampaign
    return found


def cases_of(campaign_id: CampaignId) -> list[str]:
    """Return the cases of a campaign: the confirmed ones, and what was linked with them since.

    A case that another campaign confirmed stays with that one.
    """
    own = _confirmed(campaign_id)
    book = live_book()
    groups = Contact.objects.filter(book=book, case__in=own).values("group")
    linked = Contact.objects.filter(book=book, group__in=groups)
    taken = CampaignCase.objects.exclude(case__in=own).values("case")
    return sorted({*own, *linked.exclude(case__in=taken).values_list("case", flat=True)})


def _confirmed(campaign_id: CampaignId) -> list[str]:
    whole = [
        campaign_id,
        *Campaign.objects.filter(merged_into=campaign_id).values_list("pk", flat=True),
    ]
    return list(CampaignCase.objects.filter(campaign__in=whole).values_list("case", flat=True))


def _free_cases(group: str) -> list[str]:
    cases = list(
        Contact.objects.filter(book=live_book(), group=group).values_list("case", flat=True)
    )
    if not cases:
        raise NoSuchGroup
    if CampaignCase.objects.filter(case__in=cases).exists():
        raise AlreadyInCampaign
    return cases


def _named(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        raise NameNeeded
    return cleaned


def _record(act: Act, *, campaign: Campaign, by: Member, **detail: str | int) -> None:
    record(act, actor=by.member_id, subject=f"campaign {campaign.pk}", detail=dict(detail))
