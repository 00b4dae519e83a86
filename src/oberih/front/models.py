"""All that the front stores: envelope, mailbox, token hash, size class, epoch, day. Nothing else.

On SQLite the tables are WITHOUT ROWID under hashed keys, so that neither a number nor the order on
the disk tells who came first; the migration makes them, see migrations/0001_first.py and
docs/decisions/0031-front-tables.md. Days are days of UTC.
"""

from django.db import models

from oberih.crypto.envelope import Direction
from oberih.front.limits import CLASSES


class Progress(models.IntegerChoices):
    """How far the desk is with something: it has it, and then its backup has it too."""

    WAITING = 0
    FILED = 1
    BACKED_UP = 2


class Row(models.Model):
    """A row of the front; its printed form tells nothing about what it holds."""

    class Meta:
        """Each table is a class of its own."""

        abstract = True

    def __str__(self) -> str:
        """Return only the kind of row, so that no log line names a mailbox."""
        return type(self).__name__


class Mailbox(Row):
    """A place that one receipt opens; deleted ones stay as a tombstone until the desk knows.

    One that was emptied after a change of words has lost its token's hash and stays.
    """

    id = models.CharField(primary_key=True, max_length=64)
    token_hash = models.CharField(max_length=64)
    is_deleted = models.BooleanField(default=False)
    progress = models.SmallIntegerField(choices=Progress, default=Progress.WAITING)

    class Meta:
        """Tombstones are found by an index of their own."""

        indexes = (
            models.Index(
                fields=["progress"],
                condition=models.Q(is_deleted=True),
                name="front_tombstone",
            ),
        )


class Envelope(Row):
    """Sealed text of exactly one size, by the hash of its bytes."""

    id = models.CharField(primary_key=True, max_length=64)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE)
    direction = models.SmallIntegerField()
    epoch = models.BigIntegerField()
    day = models.DateField()
    progress = models.SmallIntegerField(choices=Progress, default=Progress.WAITING)
    body = models.BinaryField()

    class Meta:
        """What waits for the courier is found by an index of its own."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(direction__in=[one.value for one in Direction]),
                name="front_direction",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__in=Progress.values), name="front_envelope_progress"
            ),
        )
        indexes = (
            models.Index(
                fields=["day"],
                condition=models.Q(direction=Direction.REPORT.value, progress=0),
                name="front_waiting",
            ),
            models.Index(
                fields=["progress"],
                condition=models.Q(direction=Direction.REPORT.value, progress__gt=0),
                name="front_collected",
            ),
        )


class Attachment(Row):
    """A sealed file that arrives in chunks; its size class is the number of chunks."""

    key = models.CharField(primary_key=True, max_length=64)
    """SHA-256 of mailbox and id, so that two mailboxes never share a folder."""
    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE)
    content_hash = models.CharField(max_length=64)
    """The attachment's id: SHA-256 of the whole sealed file."""
    chunks = models.SmallIntegerField()
    day = models.DateField()
    is_complete = models.BooleanField(default=False)
    progress = models.SmallIntegerField(choices=Progress, default=Progress.WAITING)

    class Meta:
        """The courier asks by the attachment's id; its chunks are a power of two."""

        indexes = (models.Index(fields=["content_hash"], name="front_content"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(chunks__in=CLASSES), name="front_chunks"),
            models.CheckConstraint(
                condition=models.Q(progress__in=Progress.values), name="front_attachment_progress"
            ),
        )


class Part(Row):
    """One chunk that lies on the disk, whole."""

    pk = models.CompositePrimaryKey("attachment_id", "number")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, db_index=False)
    number = models.SmallIntegerField()


class Courier(Row):
    """The one row with the highest fencing number that the desk has used."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    fence = models.BigIntegerField(default=0)


class Nonce(Row):
    """A courier's request that was answered, so that its copy is refused."""

    nonce = models.CharField(primary_key=True, max_length=32)
    day = models.DateField()
