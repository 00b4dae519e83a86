"""The content security policy of pages; what is not a page brings its own, shorter one."""

from collections.abc import Awaitable

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

NOT_PAGES = ("/api/", "/published/")


class PagePolicy(CSPMiddleware):
    """django-csp's middleware for pages only: composing the policy costs as much as an INSERT."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Answer with the pages' policy, or leave the answer its own."""
        if request.path_info.startswith(NOT_PAGES):
            return self.get_response(request)
        return super().__call__(request)
