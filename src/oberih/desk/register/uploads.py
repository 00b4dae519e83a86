"""A list as it comes from the browser: kept in memory, never on the disk.

The settings say how large a file may be (FILE_UPLOAD_MAX_MEMORY_SIZE); a larger one does not
arrive at all.
"""

from django.conf import settings
from django.http import HttpRequest

from oberih.register.refusals import NoFile
from oberih.sandbox.client import Sandbox


def rows_of(request: HttpRequest, *, pasted: str = "") -> list[list[str]]:
    """Return the rows of the file or of what was pasted; raises NoFile, NotATable, TooLarge."""
    uploaded = request.FILES.get("file")
    content = uploaded.read() if uploaded else pasted.encode()
    if not content:
        raise NoFile
    return Sandbox(settings.SANDBOX_SOCKET).read_table(content)
