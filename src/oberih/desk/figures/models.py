"""The one table of figures: a month, what may be told of it, and the two who released it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint


class MonthFigures(models.Model):
    """A month's figures as they may be told; computed once, so that no difference tells more."""

    month = models.CharField(primary_key=True, max_length=7)
    tables = models.JSONField(default=dict)
    author = models.CharField(max_length=40)
    approver = models.CharField(max_length=40, default="", blank=True)
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        """Nobody releases alone, not even in the database."""

        ordering: ClassVar[list[str]] = ["-month"]
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(name="figures_two_people", condition=~Q(author=F("approver"))),
            models.CheckConstraint(
                name="figures_released_by_someone",
                condition=Q(released_at__isnull=True) | ~Q(approver=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the month."""
        return str(self.month)
