"""The work on a case beyond its words: tasks, reminders, transfers, consents, referrals, mergers.

People and bodies stand here as ids; a case as its own row, so that erasing it takes its work along.
"""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from oberih.desk.closed_lists import is_one_of


class TaskState(StrEnum):
    """What became of a task; an open one of the playbook has no row."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not applicable"


class TransferState(StrEnum):
    """Where an offered case stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ReferralState(StrEnum):
    """How far a referral has come at the other body."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DONE = "done"
    REVOKED = "revoked"


class ConsentHow(StrEnum):
    """How a consent was given."""

    IN_CONVERSATION = "in the conversation"
    BY_PHONE = "by phone"
    ON_PAPER = "on paper"
    IN_PERSON = "in person"


class DangerState(StrEnum):
    """Where the two-person exception stands."""

    DECLARED = "declared"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Task(models.Model):
    """One thing to do in a case: of the playbook by its code, or written by an officer."""

    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=40, default="", blank=True)
    text = models.CharField(max_length=300, default="", blank=True)
    state = models.CharField(max_length=14, default=TaskState.OPEN)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """A task of the playbook has one row a case."""

        ordering = ["pk"]  # noqa: RUF012  # Django's own form
        constraints = [  # noqa: RUF012  # the same
            models.CheckConstraint(condition=is_one_of("state", TaskState), name="task_state"),
            models.CheckConstraint(condition=~Q(code="") | ~Q(text=""), name="task_says_something"),
            models.UniqueConstraint(
                fields=["case", "code"], condition=~Q(code=""), name="task_of_the_playbook_once"
            ),
        ]

    def __str__(self) -> str:
        """Return its state, never its text."""
        return f"task {self.state}"


class Reminder(models.Model):
    """That a case comes back to the queue at a moment, for a reason in words."""

    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="reminders")
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by what is due."""

        ordering = ["due_at"]  # noqa: RUF012  # Django's own form
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reminder_reason")]  # noqa: RUF012  # the same
        indexes = [models.Index(fields=["ended_at", "due_at"], name="reminder_due")]  # noqa: RUF012  # the same

    def __str__(self) -> str:
        """Return when it is due."""
        return f"reminder of {self.due_at:%Y-%m-%d}"


class Transfer(models.Model):
    """That a team offers a case to another, and what that team answered."""

    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="transfers")
    from_team = models.CharField(max_length=40)
    to_team = models.CharField(max_length=40)
    reason = models.TextField()
    state = models.CharField(max_length=9, default=TransferState.OFFERED)
    offered_by = models.CharField(max_length=40)
    offered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=40, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="", blank=True)

    class Meta:
        """One offer of a case at a time."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(
                condition=is_one_of("state", TransferState), name="transfer_state"
            ),
            models.CheckConstraint(condition=~Q(from_team=F("to_team")), name="transfer_moves"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="offered"), name="one_offer_waits"
            ),
        ]
        indexes = [models.Index(fields=["to_team", "state"], name="transfer_to_team")]  # noqa: RUF012  # the same

    def __str__(self) -> str:
        """Return its state."""
        return f"transfer {self.state}"


class Consent(models.Model):
    """What the family allowed: to whom, which items, until when, given how; it can be withdrawn."""

    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="consents")
    body = models.CharField(max_length=40)
    items = models.JSONField(default=list)
    until = models.DateField()
    how = models.CharField(max_length=20)
    said = models.TextField(default="", blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=40, default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """How it was given is a closed list."""

        ordering = ["pk"]  # noqa: RUF012  # Django's own form
        constraints = [  # noqa: RUF012  # the same
            models.CheckConstraint(condition=is_one_of("how", ConsentHow), name="consent_how")
        ]

    def __str__(self) -> str:
        """Return to whom."""
        return f"consent for {self.body}"


class Danger(models.Model):
    """That life is in immediate danger, so that a body hears of it without consent: two people."""

    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="dangers")
    body = models.CharField(max_length=40)
    reason = models.TextField()
    state = models.CharField(max_length=9, default=DangerState.DECLARED)
    declared_by = models.CharField(max_length=40)
    declared_at = models.DateTimeField()
    second_by = models.CharField(max_length=40, default="", blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Two people, never one."""

        ordering = ["pk"]  # noqa: RUF012  # Django's own form
        constraints = [  # noqa: RUF012  # the same
            models.CheckConstraint(condition=is_one_of("state", DangerState), name="danger_state"),
            models.CheckConstraint(
                condition=~Q(second_by=F("declared_by")), name="danger_by_two_people"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="danger_has_a_reason"),
        ]

    def __str__(self) -> str:
        """Return its state."""
        return f"danger {self.state}"


class Referral(models.Model):
    """A redacted package that went to another body, on a consent or on a two-person exception."""

    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="referrals")
    body = models.CharField(max_length=40)
    items = models.JSONField(default=list)
    package = models.TextField()
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True)
    danger = models.ForeignKey(Danger, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=8, default=ReferralState.SENT)
    by = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40, default="", blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        """Never without a ground; one that names the family only on a consent."""

        ordering = ["pk"]  # noqa: RUF012  # Django's own form
        constraints = [  # noqa: RUF012  # the same
            models.CheckConstraint(
                condition=is_one_of("state", ReferralState), name="referral_state"
            ),
            models.CheckConstraint(
                condition=Q(consent__isnull=False, danger__isnull=True)
                | Q(consent__isnull=True, danger__isnull=False),
                name="referral_has_one_ground",
            ),
        ]

    def __str__(self) -> str:
        """Return its state."""
        return f"referral {self.state}"


class Merger(models.Model):
    """That one case is worked on inside another, and what both were before: it can be undone."""

    case = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="mergers")
    into = models.ForeignKey("desk.Case", on_delete=models.CASCADE, related_name="taken_in")
    before = models.JSONField(default=dict)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=40, default="", blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """A case goes into one other at a time, never into itself."""

        ordering = ["pk"]  # noqa: RUF012  # Django's own form
        constraints = [  # noqa: RUF012  # the same
            models.UniqueConstraint(
                fields=["case"], condition=Q(undone_at__isnull=True), name="merged_once"
            ),
            models.CheckConstraint(condition=~Q(case=F("into")), name="merged_into_another"),
        ]

    def __str__(self) -> str:
        """Return both ids."""
        return f"{self.case_id} in {self.into_id}"
