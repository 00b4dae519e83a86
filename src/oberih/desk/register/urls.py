"""The addresses of the register; people and requesters stand in them by opaque ids."""

from django.urls import path

from oberih.desk.register import views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/sources/", views.sources, name="register-sources"),
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
    path("register/requesters/<str:requester>/", views.requester, name="register-requester"),
]
