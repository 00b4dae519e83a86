"""The shift's hand-over as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from oberih.core import time
from oberih.desk.handing_over import hand_over
from oberih.desk.pages import member_of, refusing


@require_GET
@refusing
def handed_over(request: HttpRequest) -> HttpResponse:
    """Give the shift's page as a PDF for whoever comes next."""
    drawn = hand_over(by=member_of(request), now=time.now())
    given = HttpResponse(drawn, content_type="application/pdf")
    given["Content-Disposition"] = 'attachment; filename="shift.pdf"'
    return given
