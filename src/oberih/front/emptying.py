"""Empties mailboxes whose words were changed: the old words open nothing from then on."""

from collections.abc import Sequence

from oberih.crypto.envelope import Direction
from oberih.front.models import Attachment, Envelope, Mailbox, Part, Progress

NO_TOKEN = ""
"""Stands in place of a token's hash in a mailbox that nobody opens any more; it is never swept."""


def empty(mailboxes: Sequence[str]) -> None:
    """Close the mailboxes for good and drop what is in them, inside the caller's transaction.

    Reports and whole attachments that no backup of the desk holds stay for the courier alone and
    go in the sweep after it. A mailbox that is not there, or that its owner deleted, stays as it
    is: the desk still has to hear of the deletion.
    """
    open_ones = Mailbox.objects.filter(id__in=mailboxes, is_deleted=False)
    closed = list(open_ones.values_list("id", flat=True))
    Mailbox.objects.filter(id__in=closed).update(
        is_deleted=True, progress=Progress.BACKED_UP, token_hash=NO_TOKEN
    )
    emptied = Mailbox.objects.filter(id__in=mailboxes, token_hash=NO_TOKEN).values("id")
    Envelope.objects.filter(mailbox_id__in=emptied, direction=Direction.REPLY.value).delete()
    Envelope.objects.filter(mailbox_id__in=emptied, progress=Progress.BACKED_UP).delete()
    unfinished = Attachment.objects.filter(mailbox_id__in=emptied, is_complete=False)
    Part.objects.filter(attachment_id__in=unfinished.values("key")).delete()
    unfinished.delete()
