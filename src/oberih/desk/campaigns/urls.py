"""The addresses of campaigns; a group stands in them by its row, never by a case."""

from django.urls import path

from oberih.desk.campaigns import acting, views

urlpatterns = [
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/links/", acting.judge, name="judge-link"),
    path("campaigns/clues/", acting.judge_clue, name="judge-clue"),
    path("campaigns/groups/<int:group>/", views.group, name="group"),
    path("campaigns/groups/<int:group>/confirm/", acting.confirm, name="confirm-group"),
    path("campaigns/groups/<int:group>/release/", acting.release, name="release-group"),
    path("campaigns/groups/<int:group>/hold/", acting.hold, name="hold-group"),
    path("campaigns/groups/<int:group>/fakes/", acting.set_apart, name="set-apart"),
    path("campaigns/groups/<int:group>/no-fakes/", acting.take_back, name="take-back"),
    path("campaigns/claims/<str:case>/", acting.note_claim, name="note-claim"),
    path(
        "campaigns/claims/<str:case>/<int:claim>/remove/",
        acting.remove_claim,
        name="remove-claim",
    ),
    path("campaigns/groups/<int:group>/open/", acting.open_group, name="open-group"),
    path("campaigns/<str:campaign>/", views.campaign, name="campaign"),
    path("campaigns/<str:campaign>/name/", acting.rename, name="rename-campaign"),
    path("campaigns/<str:campaign>/new/", acting.take_new_in, name="grow-campaign"),
    path("campaigns/<str:campaign>/merge/", acting.merge, name="merge-campaign"),
    path("campaigns/<str:campaign>/unmerge/", acting.unmerge, name="unmerge-campaign"),
    path("campaigns/<str:campaign>/end/", acting.end, name="end-campaign"),
    path("campaigns/<str:campaign>/open/", acting.open_campaign, name="open-campaign"),
    path("campaigns/<str:campaign>/identifiers/", views.identifiers, name="list-identifiers"),
    path("campaigns/<str:campaign>/<str:form>.json", views.export, name="export-campaign"),
]
