"""What a stored picture looks like, asked of the sandbox once and kept by the file's hash."""

from oberih.campaigns.models import Fingerprint
from oberih.core.errors import BadInput
from oberih.desk.models import Attachment
from oberih.sandbox.client import Sandbox
from oberih.sandbox.refusals import JobDied


def note(row: Attachment, *, content: bytes, sandbox: Sandbox) -> None:
    """Keep a picture's fingerprint; one that cannot be read has none. Raises SandboxAway."""
    try:
        bits = sandbox.fingerprint_image(content)
    except (BadInput, JobDied):
        bits = ""
    Fingerprint.objects.get_or_create(sha256=row.sha256, defaults={"bits": bits})
