"""The desk's tables: cases, conversations, what was found in them, what waits to go out."""

from django.db import models
from django.db.models import Q

from oberih.desk.closed_lists import is_one_of
from oberih.desk.states import AttachmentState, Band, CaseState, Direction, ReplyState
from oberih.staff.models import DEFAULT_TEAM


class Case(models.Model):
    """One family's contact with a stranger, and the desk's work on it."""

    id = models.CharField(primary_key=True, max_length=9)
    state = models.CharField(max_length=8, default=CaseState.NEW)
    band = models.CharField(max_length=8, default=Band.NONE)
    route = models.CharField(max_length=10, default="none")
    stage = models.PositiveSmallIntegerField(null=True)
    tactics = models.JSONField(default=list)
    assessment = models.JSONField(default=dict)
    waits_for_second = models.BooleanField(default=False)
    """That the second reader is to read it: the engine alone found nothing loud in it."""
    answers = models.JSONField(default=dict)
    urgency = models.PositiveSmallIntegerField(default=3)
    support = models.BooleanField(default=False)
    physical = models.BooleanField(default=False)
    under18 = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="uk")
    region = models.CharField(max_length=80, default="", blank=True)
    owner = models.CharField(max_length=40, default="", blank=True)
    team = models.CharField(max_length=40, default=DEFAULT_TEAM)
    family = models.CharField(max_length=9, default="", blank=True, db_index=True)
    """The family's first case, when this one goes on from it under other words."""
    version = models.PositiveIntegerField(default=0)
    """Counts every change, so that of two people who act at once the second is told."""
    merged_into = models.CharField(max_length=9, default="", blank=True, db_index=True)
    """The case in which this one is worked on, after two were found to be one family's."""
    returned_for = models.CharField(max_length=200, default="", blank=True)
    """Why a reminder brought the case back to the queue, until somebody acts on it."""
    requester_verified = models.BooleanField(default=False)
    verified_how = models.CharField(max_length=20, default="", blank=True)
    filed_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Constraints and the queue's index."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(condition=is_one_of("state", CaseState), name="case_state"),
            models.CheckConstraint(condition=is_one_of("band", Band), name="case_band"),
            models.CheckConstraint(
                condition=Q(stage__isnull=True) | Q(stage__lte=7), name="case_stage"
            ),
            models.CheckConstraint(condition=Q(urgency__lte=3), name="case_urgency"),
            models.CheckConstraint(
                condition=Q(requester_verified=False) | ~Q(verified_how=""),
                name="case_verified_somehow",
            ),
        ]
        indexes = [  # noqa: RUF012  # Django's own form
            models.Index(
                name="case_queue",
                fields=[
                    *("state", "urgency", "waiting_since", "filed_at", "owner", "team"),
                    *("under18", "band", "language", "region", "id"),
                ],
            ),
            models.Index(
                name="case_closed",
                fields=["state", "filed_at", "team", "owner", "under18", "id"],
            ),
            models.Index(
                name="case_waits_for_second",
                fields=["urgency", "filed_at", "id", "state", "merged_into"],
                condition=Q(waits_for_second=True),
            ),
            models.Index(name="case_of_owner", fields=["owner", "state"]),
            models.Index(name="case_filed", fields=["filed_at"]),
            models.Index(
                name="case_answered",
                fields=["answered_at", "filed_at", "owner", "team", "under18"],
                condition=Q(answered_at__isnull=False),
            ),
            models.Index(name="case_seen_by", fields=["id", "family", "owner", "team", "under18"]),
        ]

    def __str__(self) -> str:
        """Return the opaque id alone."""
        return str(self.pk)


class Conversation(models.Model):
    """The sealed two-way thread of one case; all that is known about the reporter's keys."""

    mailbox = models.CharField(primary_key=True, max_length=64)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="conversation")
    recipient = models.TextField()
    verify_key = models.CharField(max_length=64)
    wrapped_mac = models.BinaryField()
    last_report = models.PositiveIntegerField(default=0)
    last_reply = models.PositiveIntegerField(default=0)
    reply_hash = models.CharField(max_length=64, default="", blank=True)
    is_alone = models.BooleanField(default=True)
    is_deleted = models.BooleanField(default=False)
    words_must_change = models.BooleanField(default=False)
    moved_to = models.CharField(max_length=64, default="", blank=True)
    moved_from = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        """Return the mailbox's first digits."""
        return f"conversation {self.mailbox[:8]}"

    @property
    def may_be_written(self) -> bool:
        """Tell whether the desk may write: not deleted, not moved, and not "I am not alone"."""
        return self.is_alone and not self.is_deleted and not self.moved_to


class Message(models.Model):
    """One inner message, in either direction, or the mark that one was refused."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    direction = models.CharField(max_length=6)
    sequence = models.PositiveIntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    text = models.TextField(default="", blank=True)
    chat = models.JSONField(default=list)
    chat_part = models.TextField(default="", blank=True)
    part = models.PositiveSmallIntegerField(default=1)
    parts = models.PositiveSmallIntegerField(default=1)
    author = models.CharField(max_length=40, default="", blank=True)
    epoch = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64, default="", blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """A message is filed once; the thread's order."""

        ordering = ["pk"]  # noqa: RUF012  # Django's own form
        constraints = [  # noqa: RUF012  # Django's own form
            models.UniqueConstraint(
                fields=["conversation", "direction", "sequence"], name="message_once"
            ),
            models.CheckConstraint(
                condition=is_one_of("direction", Direction), name="message_direction"
            ),
        ]

    def __str__(self) -> str:
        """Return its place in the thread, never its text."""
        return f"{self.direction} {self.sequence}"


class Attachment(models.Model):
    """A file that came with a message; stored re-sealed, shown only as the sandbox's render."""

    id = models.CharField(primary_key=True, max_length=64)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    chunks = models.PositiveIntegerField()
    state = models.CharField(max_length=9, default=AttachmentState.ANNOUNCED)
    item_key = models.BinaryField(default=b"")
    is_read = models.BooleanField(default=False)

    class Meta:
        """Its states."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(
                condition=is_one_of("state", AttachmentState), name="attachment_state"
            )
        ]

    def __str__(self) -> str:
        """Return the first digits of its id, never its name."""
        return f"attachment {self.id[:8]}"


class Identifier(models.Model):
    """One canonical phone, handle, account or link, seen in one or more cases."""

    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=2048)
    cases = models.ManyToManyField(Case, through="CaseIdentifier", related_name="identifiers")

    class Meta:
        """One row a value."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.UniqueConstraint(fields=["kind", "value"], name="identifier_once")
        ]

    def __str__(self) -> str:
        """Return it as the contract spells it: kind:value."""
        return f"{self.kind}:{self.value}"


class CaseIdentifier(models.Model):
    """That an identifier was seen in a case, and since which day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    identifier = models.ForeignKey(Identifier, on_delete=models.CASCADE)
    day = models.DateField()

    class Meta:
        """Once a case."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.UniqueConstraint(fields=["case", "identifier"], name="case_identifier_once")
        ]
        indexes = [models.Index(fields=["identifier", "case"], name="cases_of_identifier")]  # noqa: RUF012  # the same

    def __str__(self) -> str:
        """Return the case's id."""
        return str(self.case_id)


class InternalNote(models.Model):
    """What one officer tells the others about a case; it never leaves the desk."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.CharField(max_length=40)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the case's id, never the text."""
        return f"note in {self.case_id}"


class Reply(models.Model):
    """Something for the reporter that waits to be sealed: the queue is this table."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=12)
    text = models.TextField(default="", blank=True)
    received = models.JSONField(default=list)
    author = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=9, default=ReplyState.WAITING)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        """Its states, and one pending receipt a conversation."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(condition=is_one_of("state", ReplyState), name="reply_state"),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(kind="received", state="waiting"),
                name="one_receipt_waits",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]  # noqa: RUF012  # Django's own form

    def __str__(self) -> str:
        """Return its kind and state, never its text."""
        return f"{self.kind} {self.state}"


class SealedReply(models.Model):
    """One sealed envelope of a reply; it stays until the front has accepted it."""

    id = models.CharField(primary_key=True, max_length=64)
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="sealed")
    position = models.PositiveIntegerField()
    envelope = models.BinaryField()

    class Meta:
        """Sent in the order in which they were sealed."""

        ordering = ["reply_id", "position"]  # noqa: RUF012  # Django's own form

    def __str__(self) -> str:
        """Return the envelope's first digits."""
        return f"envelope {self.id[:8]}"


class ReadBy(models.Model):
    """The one row that names the check with which the desk's cases were last read."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)

    class Meta:
        """There is one."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(condition=Q(id=1), name="one_read_by")
        ]

    def __str__(self) -> str:
        """Return the digest's first digits."""
        return f"read by {self.digest[:8]}"


from oberih.desk import courier_models  # noqa: E402  # the same
from oberih.desk.access.models import Ask, FamilyIdentity, Grant, Notice, Opening  # noqa: E402  # Django finds models by this module; they refer to Case
from oberih.desk.casework import models as casework  # noqa: E402  # the same
from oberih.desk.search.models import SearchDocument  # noqa: E402  # the same
from oberih.desk.watch_models import WatchEntry, WatchEpoch, WatchManifest, WatchSource  # noqa: E402  # Django finds models by this module; they refer to Case
from oberih.desk.working.models import Deed, SavedView  # noqa: E402  # the same

__all__ = [
    "Ask",
    "Attachment",
    "Case",
    "CaseIdentifier",
    "Conversation",
    "Deed",
    "FamilyIdentity",
    "Grant",
    "Identifier",
    "InternalNote",
    "Message",
    "Notice",
    "Opening",
    "ReadBy",
    "Reply",
    "SavedView",
    "SealedReply",
    "SearchDocument",
    "WatchEntry",
    "WatchEpoch",
    "WatchManifest",
    "WatchSource",
    "casework",
    "courier_models",
]
