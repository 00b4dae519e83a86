"""Addresses of calls."""

from django.urls import path

from oberih.desk.calls import views

urlpatterns = [path("calls/new/", views.call, name="call")]
