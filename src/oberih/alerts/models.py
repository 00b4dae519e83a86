"""Alerts (words, basis, who drafted and approved, what is published) and the public log."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from oberih.alerts.states import AlertState, Basis


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
        ]

    def __str__(self) -> str:
        """Return the opaque id alone."""
        return str(self.pk)

    @property
    def is_public(self) -> bool:
        """Tell whether its newest state has been published."""
        return self.sequence > 0 and self.sequence == self.published_sequence


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
