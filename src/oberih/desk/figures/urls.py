"""The addresses of the figures."""

from django.urls import path

from oberih.desk.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/make/", views.make, name="make-figures"),
    path("figures/<str:month>/release/", views.release, name="release-figures"),
]
