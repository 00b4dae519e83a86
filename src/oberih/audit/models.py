"""The chain's two tables; triggers in the first migration forbid every other change."""

from typing import ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

DIGEST = 32


class Entry(models.Model):
    """One act: its canonical event and random salt (both erasable), its leaf and the chain's hash.

    The leaf is SHA-256(salt, event): erasing both leaves a number that tells nothing, and the
    chain over the leaves still verifies.
    """

    position = models.BigIntegerField(primary_key=True)
    event = models.TextField(null=True)  # noqa: DJ001  # erased is not the same as empty
    salt = models.BinaryField(null=True, max_length=DIGEST)
    leaf = models.BinaryField(max_length=DIGEST)
    digest = models.BinaryField(max_length=DIGEST)

    class Meta:
        """Positions begin at 1; event and salt are erased together or not at all."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                name="audit_entry_counts_from_one", condition=models.Q(position__gte=1)
            ),
            models.CheckConstraint(
                name="audit_entry_erased_whole",
                condition=models.Q(event__isnull=True, salt__isnull=True)
                | models.Q(event__isnull=False, salt__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the position alone: an event may tell of a person."""
        return f"entry {self.position}"


class About(models.Model):
    """Under which position something was done to a subject: how a case finds its own acts.

    Only a register: what it says is proved by the entries, and an erased one is taken out of it.
    """

    position = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=120, db_index=True)

    def __str__(self) -> str:
        """Return the position alone."""
        return f"about entry {self.position}"


class Head(models.Model):
    """The one row that names the last entry; it only moves on by one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=DIGEST)

    class Meta:
        """There is one chain."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(name="audit_head_is_one_row", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        """Return where the chain stands."""
        return f"head at {self.position}"
