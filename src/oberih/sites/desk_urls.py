"""The desk's addresses: sign-in first, then everything that needs it."""

from django.urls import include, path

from oberih.desk import error_pages

handler400 = "oberih.desk.error_pages.bad_request"
handler403 = "oberih.desk.error_pages.forbidden"
handler404 = "oberih.desk.error_pages.not_found"
handler500 = "oberih.desk.error_pages.broken"

urlpatterns = [
    path("favicon.ico", error_pages.icon),
    path("", include("oberih.staff.urls")),
    path("", include("oberih.desk.urls")),
]
