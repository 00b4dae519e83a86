"""Alerts (words, basis, who drafted and approved, what is published), subscribers, the log."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from oberih.alerts.states import (
    AlertState,
    Audience,
    Basis,
    Certainty,
    MessageType,
    Severity,
    Standing,
    SubscriptionState,
    Urgency,
    Way,
)


class Alert(models.Model):
    """A public warning; the case it came from never leaves the desk."""

    id = models.CharField(primary_key=True, max_length=9)
    state = models.CharField(max_length=9, default=AlertState.DRAFT)
    texts = models.JSONField(default=dict)
    tactic = models.CharField(max_length=4, default="", blank=True)
    case = models.CharField(max_length=9, default="", blank=True)
    basis = models.CharField(max_length=12)
    families = models.PositiveIntegerField(default=0)
    source = models.TextField(default="", blank=True)
    author = models.CharField(max_length=40)
    approver = models.CharField(max_length=40, default="", blank=True)
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    sequence = models.PositiveBigIntegerField(default=0)
    published_sequence = models.PositiveBigIntegerField(default=0)
    message_type = models.CharField(max_length=9, default=MessageType.ALERT)
    refers_to = models.CharField(max_length=9, default="", blank=True)
    standing = models.CharField(max_length=8, default=Standing.ACTUAL)
    audience = models.CharField(max_length=6, default=Audience.PUBLIC)
    regions = models.JSONField(default=list)
    urgency = models.CharField(max_length=9, default=Urgency.EXPECTED)
    severity = models.CharField(max_length=8, default=Severity.SEVERE)
    certainty = models.CharField(max_length=8, default=Certainty.OBSERVED)
    days = models.PositiveSmallIntegerField(default=30)
    effective_at = models.DateTimeField(null=True)
    onset_at = models.DateTimeField(null=True)
    cancellation = models.JSONField(default=dict)
    cancelled_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        """States are closed lists; nobody approves their own alert, not even in the database."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                name="alert_state", condition=Q(state__in=[one.value for one in AlertState])
            ),
            models.CheckConstraint(
                name="alert_basis", condition=Q(basis__in=[one.value for one in Basis])
            ),
            models.CheckConstraint(name="alert_two_persons", condition=~Q(author=F("approver"))),
            models.CheckConstraint(
                name="alert_approved_by_someone",
                condition=~Q(state="approved")
                | (~Q(approver="") & Q(approved_at__isnull=False) & Q(sequence__gte=1)),
            ),
            models.CheckConstraint(
                name="alert_three_families",
                condition=~Q(state="approved", basis="families") | Q(families__gte=3),
            ),
            models.CheckConstraint(
                name="alert_message_type",
                condition=Q(message_type__in=[one.value for one in MessageType]),
            ),
            models.CheckConstraint(
                name="alert_standing", condition=Q(standing__in=[one.value for one in Standing])
            ),
            models.CheckConstraint(
                name="alert_follows", condition=Q(message_type="alert") ^ ~Q(refers_to="")
            ),
        ]

    def __str__(self) -> str:
        """Return the opaque id alone."""
        return str(self.pk)

    @property
    def is_public(self) -> bool:
        """Tell whether its newest state has been published."""
        return self.sequence > 0 and self.sequence == self.published_sequence

    @property
    def is_exercise(self) -> bool:
        """Tell whether it is an exercise."""
        return self.standing == Standing.EXERCISE


class Publication(models.Model):
    """One signed state of an alert; each names the hash of the one before in its standing."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    alert = models.CharField(max_length=9)
    standing = models.CharField(max_length=8)
    note = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return its number."""
        return str(self.sequence)


class LogEntry(models.Model):
    """One line of the public log: a signed file of this digest was published; never changed."""

    position = models.PositiveBigIntegerField(primary_key=True)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    entry = models.BinaryField(max_length=400)

    class Meta:
        """A file is logged once for each content it ever had."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(name="log_file_once", fields=["path", "sha256"]),
        ]

    def __str__(self) -> str:
        """Return its place in the log."""
        return str(self.position)


class Subscription(models.Model):
    """Somebody who wants warnings: where, sealed for the ring; no case and no name."""

    mac = models.CharField(primary_key=True, max_length=64)
    way = models.CharField(max_length=4)
    sealed = models.BinaryField(max_length=2100)
    region = models.CharField(max_length=5, default="", blank=True)
    language = models.CharField(max_length=2, default="uk")
    state = models.CharField(max_length=9, default=SubscriptionState.NEW)
    day = models.DateField()

    class Meta:
        """Closed lists; asked by way and state."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                name="subscription_way", condition=Q(way__in=[one.value for one in Way])
            ),
            models.CheckConstraint(
                name="subscription_state",
                condition=Q(state__in=[one.value for one in SubscriptionState]),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["way", "state", "region"], name="subscription_asked_by"),
        ]

    def __str__(self) -> str:
        """Return the first digits of its keyed hash."""
        return f"subscription {self.mac[:8]}"
