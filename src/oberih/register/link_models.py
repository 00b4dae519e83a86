"""The tables of links: which row of a list may be which person, why, and what people decided.

A proposal is made anew by each run of the linkage; a decision is kept apart from it, by the
source's own mark of the row, so that it is applied again after a new model or a new issue.
"""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint


class Verdict(StrEnum):
    """What people have said of a link; nothing but a person's word leaves `PROPOSED`."""

    PROPOSED = "proposed"
    SECOND = "second"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"


def _verdicts(field: str, *, name: str) -> models.CheckConstraint:
    values = [one.value for one in Verdict]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


class LinkRun(models.Model):
    """One run of the linkage: by which model, over what, and the weight before any comparison."""

    engine = models.CharField(max_length=40)
    over = models.CharField(max_length=200)
    prior = models.FloatField(default=0.0)
    people = models.PositiveIntegerField()
    entries = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return its number."""
        return f"run {self.pk}"


class LinkProposal(models.Model):
    """A row of a list that may be a person: how probable, what each field adds, a tie."""

    person = models.ForeignKey(
        "register.SoughtPerson", on_delete=models.CASCADE, related_name="link_proposals"
    )
    entry = models.ForeignKey(
        "register.ListEntry", on_delete=models.CASCADE, related_name="proposals"
    )
    probability = models.FloatField()
    contributions = models.JSONField(default=dict)
    is_tied = models.BooleanField(default=False)
    engine = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=Verdict.PROPOSED.value)

    class Meta:
        """A pair once; a row of a list is accepted as one person at most."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "entry"], name="register_link_once"),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=Verdict.ACCEPTED.value),
                name="register_link_accepted_once",
            ),
            _verdicts("state", name="register_link_state"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "-probability"])]

    def __str__(self) -> str:
        """Return its number."""
        return f"link {self.pk}"


class LinkDecision(models.Model):
    """What a person decided of a link, and who was the second where two are needed."""

    source = models.ForeignKey("register.Source", on_delete=models.PROTECT, related_name="+")
    match = models.CharField(max_length=64)
    person = models.ForeignKey("register.SoughtPerson", on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10)
    by = models.CharField(max_length=36)
    second_by = models.CharField(max_length=36, default="", blank=True)
    engine = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """The last word on a pair; the second person is another one."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["source", "match", "person"], name="register_decision_once"
            ),
            models.CheckConstraint(
                condition=~Q(by=models.F("second_by")), name="register_decision_two_people"
            ),
            _verdicts("verdict", name="register_decision_verdict"),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"decision {self.pk}"
