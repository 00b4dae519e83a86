"""The courier's tables: what was taken from the front, what is held, what is published there."""

from django.db import models
from django.db.models import Q

from oberih.desk.closed_lists import is_one_of
from oberih.desk.states import Outcome


class Taken(models.Model):
    """That the desk took something from the front, what became of it, what the front was told.

    An envelope by its hash, an attachment by its hash, a deleted or emptied mailbox by its own id.
    """

    id = models.CharField(primary_key=True, max_length=64)
    mailbox = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    day = models.DateField()
    is_acknowledged = models.BooleanField(default=False)
    is_backed_up = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)

    class Meta:
        """Its outcomes; the courier asks for what is not settled: both acknowledgements given."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(condition=is_one_of("outcome", Outcome), name="taken_outcome")
        ]
        indexes = [models.Index(fields=["is_settled"])]  # noqa: RUF012  # Django's own form

    def __str__(self) -> str:
        """Return the envelope's first digits and its outcome."""
        return f"{self.id[:8]} {self.outcome}"


class HeldEnvelope(models.Model):
    """A later message, still sealed, that came before the first one of its conversation."""

    id = models.CharField(primary_key=True, max_length=64)
    mailbox = models.CharField(max_length=64, db_index=True)
    day = models.DateField()
    envelope = models.BinaryField()

    def __str__(self) -> str:
        """Return the envelope's first digits."""
        return f"held {self.id[:8]}"


class Published(models.Model):
    """What was last published under a path of the front."""

    path = models.CharField(primary_key=True, max_length=200)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return the path."""
        return self.path


class CourierPost(models.Model):
    """The one row that says with which fencing number this desk collects, and how it went."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fence = models.PositiveBigIntegerField(default=1)
    turned_at = models.DateTimeField(null=True)
    backed_up_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        """There is one."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(condition=Q(id=1), name="one_courier_post")
        ]

    def __str__(self) -> str:
        """Return the fencing number."""
        return f"fence {self.fence}"
