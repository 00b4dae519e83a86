"""The boards as they were counted last: what is overdue and what does not fit, for all people."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

LONGEST = 200


class BoardCount(models.Model):
    """The one last count: when, over what state of the register, of how many people."""

    over = models.CharField(max_length=400)
    people = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        """There is one."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="register_board_one_count")
        ]

    def __str__(self) -> str:
        """Return when."""
        return self.at.isoformat()


class OverdueRow(models.Model):
    """Something due for one person that was, or perhaps was, overdue on the day of the count."""

    person = models.ForeignKey("register.SoughtPerson", on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=40)
    since = models.ForeignKey("register.Event", on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=LONGEST)
    place = models.CharField(max_length=LONGEST, default="", blank=True)
    earliest = models.DateField()
    latest = models.DateField(db_index=True)

    def __str__(self) -> str:
        """Return the rule and whose it is."""
        return f"{self.rule} of {self.person_id}"


class FindingRow(models.Model):
    """Something that did not fit in one person's record when it was counted."""

    person = models.ForeignKey("register.SoughtPerson", on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=3)
    order = models.PositiveSmallIntegerField()
    sources = models.TextField(default="", blank=True)
    place = models.CharField(max_length=LONGEST, default="", blank=True)

    class Meta:
        """Shown by the rule's number."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["order", "person"])]

    def __str__(self) -> str:
        """Return the rule and whose it is."""
        return f"{self.rule} of {self.person_id}"
