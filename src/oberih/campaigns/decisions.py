"""What people decided about links and groups: it belongs to no book and survives every rebuild."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from oberih.campaigns.states import CLAIMED, CampaignState, Verdict


class LinkVerdict(models.Model):
    """What a person said of a link between two cases; the strengths of that day train weights."""

    one = models.CharField(max_length=9)
    other = models.CharField(max_length=9)
    verdict = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """One verdict a pair, the newest; the audit has them all."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["one", "other"], name="link_verdict_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="link_verdict_order"),
            models.CheckConstraint(
                condition=Q(verdict__in=[one.value for one in Verdict]), name="link_verdict_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["other"])]

    def __str__(self) -> str:
        """Return the verdict."""
        return self.verdict


class ClueVerdict(models.Model):
    """What a person said of a clue: innocent ones (a bank, a news channel) join nobody."""

    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=2100)
    verdict = models.CharField(max_length=8)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """One verdict a clue."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "value"], name="clue_verdict_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=[one.value for one in Verdict]), name="clue_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the verdict."""
        return self.verdict


class Campaign(models.Model):
    """A group that a person named and confirmed."""

    id = models.CharField(primary_key=True, max_length=9)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=9, default=CampaignState.CONFIRMED)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    confirmed_by = models.CharField(max_length=40)
    confirmed_at = models.DateTimeField()

    class Meta:
        """States; a merged one names the other, never itself."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in CampaignState]), name="campaign_state"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="campaign_merged_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="campaign_not_into_itself",
            ),
        ]

    def __str__(self) -> str:
        """Return the opaque id."""
        return self.id


class CampaignCase(models.Model):
    """That a person confirmed a case as part of a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="cases")
    case = models.CharField(max_length=9, unique=True)

    def __str__(self) -> str:
        """Return the case's opaque id."""
        return self.case


class Grant(models.Model):
    """That the side of a case lets the side of another case see whose a link is."""

    case = models.CharField(max_length=9)
    other = models.CharField(max_length=9)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """Once."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "other"], name="grant_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="grant_to_another"),
        ]

    def __str__(self) -> str:
        """Return the case that was opened."""
        return self.case


class Release(models.Model):
    """That a person let a quarantined day of a group count after all."""

    case = models.CharField(max_length=9)
    day = models.DateField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """Once; named by a case of the group, so that it survives when the group grows."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "day"], name="release_once")
        ]

    def __str__(self) -> str:
        """Return the day."""
        return self.day.isoformat()


class SetApart(models.Model):
    """That a person called a flood's report a fake: it joins nobody, until that is taken back."""

    case = models.CharField(primary_key=True, max_length=9)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the case."""
        return self.case


class Claim(models.Model):
    """Whom a stranger claims to be or to have met, or where, as an officer read it in a case."""

    case = models.CharField(max_length=9)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=120)
    """The words with look-alikes folded: what two claims must have in common."""
    text = models.CharField(max_length=80)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """Once a case."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "kind", "value"], name="claim_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in CLAIMED]), name="claim_kind"
            ),
        ]

    def __str__(self) -> str:
        """Return its kind, never its words."""
        return self.kind


class Tally(models.Model):
    """How often people agreed with links of one reason and strength, kept with each verdict."""

    reason = models.CharField(max_length=10)
    is_strong = models.BooleanField()
    accepted = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    unsure = models.IntegerField(default=0)

    class Meta:
        """One row a reason and strength."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["reason", "is_strong"], name="tally_once")
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
