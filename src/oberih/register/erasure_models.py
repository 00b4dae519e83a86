"""The tables of erasure: what stays of an erased event, and who asked for it with whom."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

MEMBER = 40
DIGEST = 32


class Ground(StrEnum):
    """Why a person is erased."""

    OWN_RIGHT = "own right"
    COURT = "court order"


class ErasedEvent(models.Model):
    """The place of an erased event in the chain: two numbers that tell nothing without the salt."""

    position = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(max_length=DIGEST)
    digest = models.BinaryField(max_length=DIGEST)

    def __str__(self) -> str:
        """Return its position alone."""
        return f"erased event {self.position}"


class Erasure(models.Model):
    """That a person shall be erased: asked by one, done by another; no word of whom it was stays.

    `paper` is the number of the request or the ruling; it is emptied when the person is.
    """

    person = models.CharField(max_length=18)
    ground = models.CharField(max_length=12)
    paper = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=MEMBER)
    asked_at = models.DateTimeField()
    done_by = models.CharField(max_length=MEMBER, default="", blank=True)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Two people; one at a time for a person; nothing of the paper after."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ground__in=[one.value for one in Ground]),
                name="register_erasure_ground",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("done_by")), name="register_erasure_two_people"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | (~Q(done_by="") & Q(paper="")),
                name="register_erasure_done_by_someone",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="register_erasure_one_waits",
            ),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"erasure {self.pk}"
