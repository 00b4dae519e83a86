"""Addresses of the queue's acts."""

from django.urls import path

from oberih.desk.working import views

urlpatterns = [
    path("queue/bulk/", views.bulk, name="bulk"),
    path("queue/undo/", views.undo, name="undo"),
    path("queue/views/", views.keep_view, name="keep-view"),
    path("queue/views/<int:key>/drop/", views.drop_view, name="drop-view"),
]
