"""Who a witness is, apart from what they said, and who may look at it for how long."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

MEMBER = 40
LONGEST_NAME = 300


class WitnessIdentity(models.Model):
    """Name and ways of a released prisoner; the source that speaks has an opaque name."""

    source = models.OneToOneField(
        "register.Source", on_delete=models.PROTECT, related_name="witness"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    reach = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    kept_by = models.CharField(max_length=MEMBER)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose it is, never the name."""
        return f"witness of source {self.source_id}"


class WitnessGrant(models.Model):
    """That one member may see who a witness is until a time; another member gave it."""

    witness = models.ForeignKey(WitnessIdentity, on_delete=models.CASCADE, related_name="grants")
    member = models.CharField(max_length=MEMBER)
    given_by = models.CharField(max_length=MEMBER)
    ends_at = models.DateTimeField()

    class Meta:
        """Nobody gives it to themselves."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(member=F("given_by")), name="register_witness_two_people"
            )
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"grant {self.pk}"
