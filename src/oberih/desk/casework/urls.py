"""Addresses of the work on a case."""

from django.urls import path

from oberih.desk.casework import referral_views, views
from oberih.staff.fresh import fresh

urlpatterns = [
    path("cases/<str:case>/tasks/", views.add_task, name="add-task"),
    path("cases/<str:case>/tasks/settle/", views.settle_task, name="settle-task"),
    path("cases/<str:case>/reminders/", views.remind, name="remind"),
    path(
        "cases/<str:case>/reminders/<int:reminder>/drop/",
        views.drop_reminder,
        name="drop-reminder",
    ),
    path("cases/<str:case>/merge/", views.merge, name="merge"),
    path("cases/<str:case>/unmerge/", views.unmerge, name="unmerge"),
    path("cases/<str:case>/offer/", views.offer, name="offer"),
    path("cases/<str:case>/offer/<int:offer_id>/withdraw/", views.withdraw, name="withdraw-offer"),
    path("offers/", views.offers, name="offers"),
    path("offers/<int:offer_id>/accept/", views.accept, name="accept-offer"),
    path("offers/<int:offer_id>/reject/", views.reject, name="reject-offer"),
    path("cases/<str:case>/referral/", referral_views.referral, name="referral"),
    path("cases/<str:case>/referral/send/", fresh(referral_views.send), name="refer"),
    path("cases/<str:case>/consent/", referral_views.consent, name="consent"),
    path(
        "cases/<str:case>/consent/<int:consent_id>/withdraw/",
        referral_views.withdraw,
        name="withdraw-consent",
    ),
    path("cases/<str:case>/danger/", referral_views.danger, name="danger"),
    path(
        "cases/<str:case>/danger/<int:danger_id>/confirm/",
        fresh(referral_views.confirm),
        name="confirm-danger",
    ),
    path(
        "cases/<str:case>/danger/<int:danger_id>/refuse/",
        referral_views.refuse,
        name="refuse-danger",
    ),
    path("referrals/<int:referral_id>/", referral_views.package, name="package"),
    path("referrals/<int:referral_id>/step/", referral_views.step, name="referral-step"),
]
