"""Care's tables: no reason for passing on, no word of a talk, no complaint that is read here."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint


class PassedOn(models.Model):
    """That a member passed a case on; why is nobody's business and stands nowhere."""

    member = models.CharField(max_length=40)
    case = models.CharField(max_length=9)
    at = models.DateTimeField()

    class Meta:
        """Found by member."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member", "at"], name="care_passed_by")
        ]

    def __str__(self) -> str:
        """Return the case's id."""
        return self.case


class Talk(models.Model):
    """That a lead sat down with a member; nothing of what was said."""

    member = models.CharField(max_length=40)
    lead = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """A talk has two sides."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(lead=F("member")), name="care_talk_of_two")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member", "at"], name="care_talk_with")
        ]

    def __str__(self) -> str:
        """Return the day."""
        return f"talk of {self.at:%Y-%m-%d}"


class Complaint(models.Model):
    """A complaint, sealed to a key that is not on the desk; neither who wrote it nor about whom."""

    id = models.CharField(primary_key=True, max_length=9)
    sealed = models.BinaryField()
    made_on = models.DateField()

    class Meta:
        """The newest first."""

        ordering: ClassVar[list[str]] = ["-made_on", "id"]

    def __str__(self) -> str:
        """Return its id."""
        return self.id


class MaybeTold(StrEnum):
    """Whether a minor's guardian may be told anything."""

    NOT_ASKED = "not asked"
    MAY = "may be told"
    NEVER = "must not be told"


class GuardianWord(models.Model):
    """What was agreed with a minor about telling a guardian; no reason, no name."""

    case = models.CharField(primary_key=True, max_length=9)
    word = models.CharField(max_length=16)
    settled_by = models.CharField(max_length=40)
    settled_at = models.DateTimeField()

    class Meta:
        """One of the two words; not asked has no row."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(word__in=[MaybeTold.MAY.value, MaybeTold.NEVER.value]),
                name="care_guardian_word",
            )
        ]

    def __str__(self) -> str:
        """Return the case's id."""
        return self.case


class KeptApart(models.Model):
    """That the requesters of two cases are kin in dispute: their cases are never one."""

    first = models.CharField(max_length=9)
    second = models.CharField(max_length=9)
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()

    class Meta:
        """A pair stands once, the smaller id first."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="care_kept_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="care_kept_apart_pair"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["second"], name="care_kept_apart_second")
        ]

    def __str__(self) -> str:
        """Return the two ids."""
        return f"{self.first} and {self.second}"
