"""The addresses of the register; people and requesters stand in them by opaque ids."""

from django.urls import path

from oberih.desk.register import list_views, views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/sources/", views.sources, name="register-sources"),
    path("register/overdue/", views.overdue, name="register-overdue"),
    path("register/people/new/", views.new_person, name="register-new-person"),
    path("register/people/<str:person>/", views.person, name="register-person"),
    path("register/people/<str:person>/events/", views.new_event, name="register-new-event"),
    path(
        "register/people/<str:person>/spellings/", views.new_spelling, name="register-new-spelling"
    ),
    path(
        "register/people/<str:person>/requesters/",
        views.new_requester,
        name="register-new-requester",
    ),
    path("register/lists/", list_views.lists, name="register-lists"),
    path("register/lists/<int:issue>/", list_views.one, name="register-list"),
    path("register/lists/<int:issue>/columns/", list_views.columns, name="register-columns"),
    path("register/lists/<int:issue>/wrong.csv", list_views.wrong, name="register-wrong"),
    path("register/lists/<int:issue>/corrected/", list_views.corrected, name="register-corrected"),
    path("register/lists/<int:issue>/take/", list_views.take, name="register-take"),
    path("register/lists/<int:issue>/go-on/", list_views.go_on, name="register-go-on"),
    path("register/lists/<int:issue>/drop/", list_views.drop, name="register-drop"),
    path("register/requesters/<str:requester>/", views.requester, name="register-requester"),
]
