"""Addresses of care."""

from django.urls import path

from oberih.desk.care import views
from oberih.staff.fresh import fresh

urlpatterns = [
    path("care/", views.care, name="care"),
    path("care/talked/", views.talked, name="talked"),
    path("care/complain/", views.complain, name="complain"),
    path("care/crisis/", views.crisis_card, name="crisis-card"),
    path("complaints/", views.list_complaints, name="complaints"),
    path("complaints/case/", views.place_complaint, name="place-complaint"),
    path("complaints/<str:complaint>/", fresh(views.take_complaint), name="take-complaint"),
    path("cases/<str:case>/pass-on/", views.pass_on, name="pass-on"),
    path("cases/<str:case>/minor/", views.note_minor, name="note-minor"),
    path("cases/<str:case>/grown/", views.note_grown, name="note-grown"),
    path("cases/<str:case>/guardian/", views.settle_guardian, name="settle-guardian"),
    path("cases/<str:case>/kept-apart/", views.keep_apart, name="keep-apart"),
]
