"""The tables of lists: what a source's issue of a list says, row by row, and how it is read."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint


class IssueState(StrEnum):
    """How far an issue has come; only a finished one is part of the register."""

    READ = "read"
    APPLYING = "applying"
    DONE = "done"
    DROPPED = "dropped"


class ListKind(StrEnum):
    """Whom a list names: people whom kin seek, or people whom a source lists."""

    SOUGHT = "sought"
    LISTED = "listed"


class ListIssue(models.Model):
    """One issue of one source's list; its rows wait beside it until it is done."""

    source = models.ForeignKey("register.Source", on_delete=models.PROTECT, related_name="issues")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=IssueState.READ.value)
    digest = models.CharField(max_length=64)
    read_at = models.DateTimeField()
    read_by = models.CharField(max_length=36)
    issued_on = models.DateField()
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    is_confirmed = models.BooleanField(default=False)
    applied = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        """The same file of one source is taken once."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in IssueState]),
                name="register_issue_state",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ListKind]), name="register_issue_kind"
            ),
            models.UniqueConstraint(
                fields=["source", "digest"],
                condition=~Q(state=IssueState.DROPPED.value),
                name="register_same_file_once",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=[IssueState.READ.value, IssueState.APPLYING.value]),
                name="register_one_issue_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"issue {self.pk}"


class StagedRow(models.Model):
    """A row as the file has it, until its issue is done or dropped."""

    issue = models.ForeignKey(ListIssue, on_delete=models.CASCADE, related_name="staged")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    fields = models.JSONField(default=dict)
    match = models.CharField(max_length=64, default="", blank=True)
    fault = models.CharField(max_length=10, default="", blank=True)
    remarks = models.JSONField(default=list)

    class Meta:
        """In the file's order."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["issue", "number"], name="register_staged_once")
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"row {self.number}"


class ListEntry(models.Model):
    """A row of a finished issue; `person` where a person accepted that it is this one."""

    issue = models.ForeignKey(ListIssue, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    match = models.CharField(max_length=64)
    fields = models.JSONField()
    person = models.ForeignKey(
        "register.SoughtPerson", on_delete=models.PROTECT, null=True, related_name="entries"
    )

    class Meta:
        """Once a row."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["issue", "number"], name="register_entry_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["issue", "match"])]

    def __str__(self) -> str:
        """Return its number."""
        return f"entry {self.number}"


class ColumnMapping(models.Model):
    """How a source's columns were last understood, by a person."""

    source = models.OneToOneField(
        "register.Source", on_delete=models.CASCADE, related_name="column_mapping"
    )
    mapping = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Return whose it is."""
        return f"mapping of {self.source_id}"
