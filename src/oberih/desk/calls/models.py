"""The card of a call: how to speak with the family again, never its ten words nor its number."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint


class Call(models.Model):
    """One call that became a sealed report; found by the mailbox that its words opened."""

    mailbox = models.CharField(primary_key=True, max_length=64)
    once = models.CharField(max_length=32, unique=True)
    taken_by = models.CharField(max_length=40)
    taken_at = models.DateTimeField()
    paper_on = models.DateField(null=True)
    can_talk = models.BooleanField()
    is_in_danger = models.BooleanField()
    never_call = models.BooleanField()
    best_time = models.CharField(max_length=200, blank=True)
    call_word = models.CharField(max_length=40, blank=True)
    consent_words = models.TextField()
    consent_said = models.CharField(max_length=300, blank=True)

    class Meta:
        """No call without the consent that was read aloud; no time for one never made."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(consent_words=""), name="calls_with_consent"),
            models.CheckConstraint(
                condition=Q(never_call=False) | Q(best_time=""), name="calls_never_or_when"
            ),
        ]

    def __str__(self) -> str:
        """Return the mailbox's first digits."""
        return f"call {self.mailbox[:8]}"
