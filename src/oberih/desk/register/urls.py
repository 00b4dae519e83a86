"""The addresses of the register; people and requesters stand in them by opaque ids."""

from django.urls import include, path

from oberih.desk.register import (
    card_views,
    case_views,
    channel_views,
    check_views,
    erasure_views,
    ledger_views,
    letter_views,
    link_views,
    list_views,
    request_views,
    views,
    witness_views,
)
from oberih.staff.fresh import fresh

_WITNESS = [
    path("", witness_views.page, name="register-witness"),
    path("keep/", witness_views.keep, name="register-witness-keep"),
    path("grant/", fresh(witness_views.grant), name="register-witness-grant"),
    path("show/", fresh(witness_views.show), name="register-witness-show"),
    path("withdraw/", fresh(witness_views.withdraw), name="register-witness-withdraw"),
]
_REQUESTER = [
    path("", request_views.requester, name="register-requester"),
    path("proven/", request_views.prove, name="register-prove"),
    path("news/", request_views.draft_news, name="register-draft-news"),
    path("news/<int:news>/withdraw/", request_views.withdraw_news, name="register-withdraw-news"),
    path("questions/", request_views.seal_question, name="register-seal-question"),
    path(
        "questions/<int:question>/",
        fresh(request_views.use_question),
        name="register-use-question",
    ),
    path("export/", fresh(request_views.export), name="register-export"),
    path("erase/", fresh(request_views.erase), name="register-erase"),
]
urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/sources/", views.sources, name="register-sources"),
    path("register/sources/<int:source>/witness/", include(_WITNESS)),
    path("register/erasures/", erasure_views.page, name="register-erasures"),
    path("register/people/<str:person>/erase/", erasure_views.ask, name="register-ask-erasure"),
    path(
        "register/erasures/<int:erasure>/erase/",
        fresh(erasure_views.erase),
        name="register-erase-person",
    ),
    path(
        "register/erasures/<int:erasure>/keep/",
        erasure_views.withdraw,
        name="register-keep-person",
    ),
    path("register/overdue/", views.overdue, name="register-overdue"),
    path("register/fits/", check_views.work_list, name="register-fits"),
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
    path("register/links/", link_views.links, name="register-links"),
    path("register/links/<int:link>/", link_views.link, name="register-link"),
    path("register/links/<int:link>/decide/", link_views.decide, name="register-link-decide"),
    path("register/lists/", list_views.lists, name="register-lists"),
    path("register/lists/<int:issue>/", list_views.one, name="register-list"),
    path("register/lists/<int:issue>/columns/", list_views.columns, name="register-columns"),
    path("register/lists/<int:issue>/wrong.csv", list_views.wrong, name="register-wrong"),
    path("register/lists/<int:issue>/corrected/", list_views.corrected, name="register-corrected"),
    path("register/lists/<int:issue>/take/", list_views.take, name="register-take"),
    path("register/lists/<int:issue>/go-on/", list_views.go_on, name="register-go-on"),
    path("register/lists/<int:issue>/drop/", list_views.drop, name="register-drop"),
    path("register/cards/", card_views.cards, name="register-cards"),
    path("register/cards/<str:language>.pdf", card_views.blank, name="register-blank-card"),
    path("register/channels/", channel_views.channels, name="register-channels"),
    path("register/channels/<int:proposal>/", channel_views.judge, name="register-judge-post"),
    path("register/news/", request_views.news, name="register-news"),
    path("register/ledger/", ledger_views.shares, name="register-ledger"),
    path("register/ledger/<int:consignment>/", ledger_views.arrival, name="register-arrival"),
    path("register/people/<str:person>/sent/", ledger_views.sent, name="register-sent"),
    path("register/letters/", letter_views.letters, name="register-letters"),
    path("register/letters/<int:letter>/", letter_views.letter, name="register-letter"),
    path("register/requesters/<str:requester>/", include(_REQUESTER)),
    path("cases/<str:case>/register/", case_views.case_register, name="case-register"),
    path(
        "cases/<str:case>/register/news/<int:news>/",
        fresh(case_views.release_news),
        name="release-news",
    ),
]
