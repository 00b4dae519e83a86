"""The desk's addresses: sign-in first, then everything that needs it."""

from django.urls import include, path

urlpatterns = [
    path("", include("oberih.staff.urls")),
    path("", include("oberih.desk.urls")),
]
