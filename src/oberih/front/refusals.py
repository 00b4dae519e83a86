"""What the front refuses, each with its HTTP status and its code for programs."""

from http import HTTPStatus

from oberih.core.errors import CouldNot, OberihError, Refused
from oberih.crypto.courier_requests import NotTheCourier


class WrongSize(Refused):
    """The request has another size than this address takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "size"


class Malformed(Refused):
    """The request is not in the form that this address takes."""

    status = HTTPStatus.BAD_REQUEST
    code = "malformed"


class NoSuchMailbox(Refused):
    """There is no such mailbox."""

    status = HTTPStatus.NOT_FOUND
    code = "mailbox"


class NotPublished(Refused):
    """Nothing is published here."""

    status = HTTPStatus.NOT_FOUND
    code = "not-found"


class EpochOver(Refused):
    """The week of this recipient is over: seal again to the current one."""

    status = HTTPStatus.CONFLICT
    code = "epoch"

    def __init__(self, current: str | None) -> None:
        """Take the text of the current recipients note; None when there is none."""
        super().__init__()
        self.current = current


class TooManyAttachments(Refused):
    """This mailbox holds as many attachments as it may until the desk has them."""

    status = HTTPStatus.CONFLICT
    code = "attachments"


class NoSuchAttachment(Refused):
    """There is no such attachment, or its time is over: announce it again."""

    status = HTTPStatus.NOT_FOUND
    code = "attachment"


class WrongAttachment(Refused):
    """The parts do not make the announced attachment: send them again."""

    status = HTTPStatus.CONFLICT
    code = "attachment-hash"


class Fenced(Refused):
    """Another desk has taken over: this one's fencing number is too low."""

    status = HTTPStatus.CONFLICT
    code = "fence"

    def __init__(self, stored: int) -> None:
        """Take the number below which requests are refused."""
        super().__init__()
        self.stored = stored


class DiskFull(CouldNot):
    """There is no room now; nothing that was accepted is lost. Keep it and try again later."""

    status = HTTPStatus.INSUFFICIENT_STORAGE
    code = "full"


class NotReady(CouldNot):
    """The front does not have its keys yet."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "not-ready"


def status_of(error: OberihError) -> HTTPStatus:
    """Return the HTTP status of a refusal; a format's own refusal is a bad request."""
    if isinstance(error, NotTheCourier):
        return HTTPStatus.UNAUTHORIZED
    status: HTTPStatus = getattr(error, "status", HTTPStatus.BAD_REQUEST)
    return status


def code_of(error: OberihError) -> str:
    """Return the code of a refusal for programs."""
    if isinstance(error, NotTheCourier):
        return "signature"
    code: str = getattr(error, "code", Malformed.code)
    return code
