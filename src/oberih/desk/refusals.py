"""What a page says when an act was refused: the error's own sentence in the member's language."""

from http import HTTPStatus

from django.utils.translation import gettext

from oberih.alerts.services import NoSuchAlert
from oberih.campaigns.confirming import NoSuchCampaign, NoSuchGroup
from oberih.core.errors import CouldNot, OberihError
from oberih.desk.access.refusals import NoSuchCase
from oberih.desk.watch_services import NoSuchEntry
from oberih.register.refusals import NoSuchList, NoSuchPerson, NoSuchRequester
from oberih.staff.roles import NotPermitted

STATUSES: tuple[tuple[type[OberihError], HTTPStatus], ...] = (
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (NoSuchCase, HTTPStatus.NOT_FOUND),
    (NoSuchAlert, HTTPStatus.NOT_FOUND),
    (NoSuchCampaign, HTTPStatus.NOT_FOUND),
    (NoSuchGroup, HTTPStatus.NOT_FOUND),
    (NoSuchEntry, HTTPStatus.NOT_FOUND),
    (NoSuchPerson, HTTPStatus.NOT_FOUND),
    (NoSuchRequester, HTTPStatus.NOT_FOUND),
    (NoSuchList, HTTPStatus.NOT_FOUND),
    (CouldNot, HTTPStatus.SERVICE_UNAVAILABLE),
)


def sentence(error: OberihError) -> str:
    """Return the error's sentence, translated."""
    return gettext(str(error))


def status(error: OberihError) -> HTTPStatus:
    """Return the HTTP status that stands for the error."""
    found = (code for kind, code in STATUSES if isinstance(error, kind))
    return next(found, HTTPStatus.CONFLICT)
