"""What makes the queue quick to work: views kept by their owners, acts that can be undone."""

from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """Filters of the queue under a name and a key, for one member."""

    member = models.CharField(max_length=40)
    key = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        """Keys 6 to 9: the first five are everybody's."""

        ordering = ["key"]  # noqa: RUF012  # Django's own form
        constraints = [  # noqa: RUF012  # the same
            models.UniqueConstraint(fields=["member", "key"], name="saved_view_key"),
            models.CheckConstraint(condition=Q(key__gte=6, key__lte=9), name="saved_view_keys"),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Deed(models.Model):
    """One act on one or many cases and what they were before: for thirty seconds it can go back."""

    member = models.CharField(max_length=40)
    act = models.CharField(max_length=40)
    at = models.DateTimeField()
    before = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """Found by member, the newest first."""

        indexes = [models.Index(fields=["member", "-at"], name="deed_of_member")]  # noqa: RUF012  # Django's own form

    def __str__(self) -> str:
        """Return the act."""
        return self.act
