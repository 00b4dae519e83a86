"""Addresses of calls."""

from django.urls import path

from oberih.desk.calls import views

urlpatterns = [
    path("calls/new/", views.call, name="call"),
    path("calls/out-of-hours/", views.out_of_hours, name="out-of-hours"),
    path("calls/forms-<str:language>.pdf", views.paper, name="paper-forms"),
]
