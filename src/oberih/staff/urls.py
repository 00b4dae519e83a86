"""Addresses of sign-in and of a member's own passkeys."""

from django.urls import path

from oberih.staff import member_views, views
from oberih.staff.fresh import fresh

app_name = "staff"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/options/", views.sign_in_options, name="sign-in-options"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("unlock/", views.unlock, name="unlock"),
    path("lock/", views.lock, name="lock"),
    path("passkeys/", views.own_passkeys, name="passkeys"),
    path("passkeys/<int:passkey>/remove/", views.remove_passkey, name="remove-passkey"),
    path("staff/", member_views.members, name="members"),
    path("staff/invite/", member_views.invite, name="invite"),
    path("staff/<uuid:member>/link/", member_views.invite_again, name="invite-again"),
    path("staff/<uuid:member>/role/", member_views.change_role, name="role"),
    path("staff/<uuid:member>/leave/", member_views.deactivate, name="deactivate"),
    path("staff/<uuid:member>/team/", member_views.team, name="team"),
    path("staff/roles/<int:change>/agree/", fresh(member_views.agree_role), name="agree-role"),
    path("staff/roles/<int:change>/drop/", member_views.drop_role, name="drop-role"),
    path("staff/devices/<str:device>/approve/", fresh(member_views.let_in), name="let-in"),
    path("staff/devices/<str:device>/refuse/", member_views.keep_out, name="keep-out"),
    path("language/", views.choose_language, name="language"),
]
