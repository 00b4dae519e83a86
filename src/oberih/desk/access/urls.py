"""Addresses of accesses."""

from django.urls import path

from oberih.desk.access import views
from oberih.staff.fresh import fresh

urlpatterns = [
    path("access/", views.accesses, name="accesses"),
    path("access/break-glass/", views.break_glass, name="break-glass"),
    path("access/more/", views.ask_for_more, name="ask-for-more"),
    path("access/minors/", fresh(views.grant_minors), name="grant-minors"),
    path("access/<int:ask_id>/agree/", fresh(views.agree), name="agree"),
    path("access/<int:ask_id>/refuse/", views.refuse, name="refuse-ask"),
    path("access/notices/<int:notice>/seen/", views.seen, name="notice-seen"),
    path("access/grants/<int:grant_id>/end/", views.end, name="end-grant"),
    path("cases/<str:case>/access/", fresh(views.grant), name="grant"),
    path("cases/<str:case>/identity/", views.who, name="identity"),
    path("cases/<str:case>/team/", views.team, name="team"),
    path("cases/<str:case>/here/", views.here, name="here"),
]
