"""The tables of open sources: posts of an exported channel, and whom each may be about."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint


class ProposalState(StrEnum):
    """What a person said of a proposal."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Why(StrEnum):
    """By what a post was proposed for somebody."""

    NAME = "name"
    PICTURE = "picture"


class ChannelPost(models.Model):
    """A post as the exported channel has it; whoever exported it vouches for nothing."""

    source = models.ForeignKey("register.Source", on_delete=models.PROTECT, related_name="posts")
    number = models.PositiveIntegerField()
    posted_on = models.DateField()
    text = models.CharField(max_length=4000, default="", blank=True)
    pictures = models.JSONField(default=list)
    read_at = models.DateTimeField()

    class Meta:
        """A post of a channel once."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "number"], name="register_post_once")
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"post {self.number}"


class PostProposal(models.Model):
    """That a post may be about somebody, until a person has judged it."""

    post = models.ForeignKey(ChannelPost, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey("register.SoughtPerson", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=ProposalState.PROPOSED.value)
    judged_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        """Once a pair; judged by somebody."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["post", "person"], name="register_proposal_once"),
            models.CheckConstraint(
                condition=Q(why__in=[one.value for one in Why]), name="register_proposal_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ProposalState]),
                name="register_proposal_state",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.PROPOSED.value) | ~Q(judged_by=""),
                name="register_proposal_judged",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        """Return its state."""
        return self.state
