"""The watch list's tables: what is on it and why, and the epochs of its published form."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from oberih.crypto.watchlist import Answer
from oberih.desk.closed_lists import is_one_of
from oberih.desk.watch_states import LIVE, Confidence, EpochState, ReleasePolicy, WatchState


class WatchEntry(models.Model):
    """An identifier that two members call reported, or official; its cases never leave the desk."""

    id = models.CharField(primary_key=True, max_length=9)
    state = models.CharField(max_length=9, default=WatchState.PROPOSED)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=2048)
    answer = models.CharField(max_length=8)
    reason = models.TextField()
    tactics = models.JSONField(default=list)
    confidence = models.CharField(max_length=7)
    policy = models.CharField(max_length=9)
    embargoed_until = models.DateField(null=True)
    expires_on = models.DateField()
    basis = models.CharField(max_length=12, default="", blank=True)
    families = models.PositiveIntegerField(default=0)
    source = models.TextField(default="", blank=True)
    names = models.JSONField(default=dict)
    author = models.CharField(max_length=40)
    confirmer = models.CharField(max_length=40, default="", blank=True)
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        """Closed lists, two persons, three families: held by the database too."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(name="watch_state", condition=is_one_of("state", WatchState)),
            models.CheckConstraint(name="watch_answer", condition=is_one_of("answer", Answer)),
            models.CheckConstraint(
                name="watch_policy", condition=is_one_of("policy", ReleasePolicy)
            ),
            models.CheckConstraint(
                name="watch_confidence",
                condition=is_one_of("confidence", Confidence),
            ),
            models.CheckConstraint(name="watch_two_persons", condition=~Q(author=F("confirmer"))),
            models.CheckConstraint(
                name="watch_confirmed_by_someone",
                condition=~Q(state="confirmed")
                | (~Q(confirmer="") & Q(confirmed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="watch_three_families",
                condition=~Q(state="confirmed", policy="public", basis="families")
                | Q(families__gte=3),
            ),
            models.CheckConstraint(
                name="watch_embargo_has_a_day",
                condition=~Q(policy="embargoed") | Q(embargoed_until__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(state__in=LIVE), name="watch_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the opaque id alone."""
        return str(self.pk)

    @property
    def identifier(self) -> str:
        """Return it as the contract spells it: kind:value."""
        return f"{self.kind}:{self.value}"


class WatchSource(models.Model):
    """That an entry rests on a case."""

    entry = models.ForeignKey(WatchEntry, on_delete=models.CASCADE, related_name="sources")
    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE)

    class Meta:
        """Once an entry."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "case"], name="watch_source_once")
        ]

    def __str__(self) -> str:
        """Return the case's id."""
        return str(self.case_id)


class WatchEpoch(models.Model):
    """One published form of the list under a key of its own; the key goes when it is over.

    The salt goes on from epoch to epoch: a number stays in its bucket. `whole` is the hash of the
    whole list where it lies beside buckets.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    state = models.CharField(max_length=9, default=EpochState.DRAWN)
    secret = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64)
    contents = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    bits = models.PositiveSmallIntegerField(default=0)
    salt = models.CharField(max_length=64, default="", blank=True)
    whole = models.CharField(max_length=64, default="", blank=True)
    drawn_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)

    class Meta:
        """Its states; what was published stays described after its key is gone."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                name="watch_epoch_state", condition=is_one_of("state", EpochState)
            ),
            models.CheckConstraint(
                name="watch_epoch_key_goes", condition=~Q(state="retired") | Q(secret="")
            ),
        ]

    def __str__(self) -> str:
        """Return its number, never its key."""
        return f"epoch {self.number}"


class WatchManifest(models.Model):
    """Each manifest as it was signed: the chain of what families were given."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    epoch = models.ForeignKey(WatchEpoch, on_delete=models.PROTECT)
    note = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return its number."""
        return f"manifest {self.sequence}"
