"""Addresses of calls."""

from django.urls import path

from oberih.desk.calls import paper_views, views

urlpatterns = [
    path("calls/new/", views.call, name="call"),
    path("calls/papers/", paper_views.papers, name="papers"),
    path("calls/papers-<str:language>.csv", paper_views.paper_table, name="paper-table"),
    path("calls/out-of-hours/", views.out_of_hours, name="out-of-hours"),
    path("calls/forms-<str:language>.pdf", views.paper, name="paper-forms"),
]
