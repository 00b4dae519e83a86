"""Addresses of the subscribers' page; a number never stands in one."""

from django.urls import path

from oberih.desk.subscribers import views

urlpatterns = [
    path("subscribers/", views.subscribers, name="subscribers"),
    path("subscribers/confirm/", views.confirm, name="confirm-subscriber"),
    path("subscribers/end/", views.end, name="end-subscriber"),
    path("subscribers/export/", views.export, name="export-subscriber"),
]
