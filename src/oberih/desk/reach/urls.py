"""The address of reach."""

from django.urls import path

from oberih.desk.reach import views

urlpatterns = [path("reach/", views.reach, name="reach")]
