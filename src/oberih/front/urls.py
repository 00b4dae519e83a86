"""The public listener: pages, mailboxes, published files."""

from django.urls import path

from oberih.front import pages, views

handler400 = "oberih.front.answers.bad_request"
handler404 = "oberih.front.answers.not_found"
handler500 = "oberih.front.answers.broken"

urlpatterns = [
    path("api/envelopes", views.envelopes),
    path("api/attachments", views.attachments),
    path("api/attachments/parts", views.parts),
    path("api/mailbox/list", views.mailbox_list),
    path("api/mailbox/fetch", views.mailbox_fetch),
    path("api/mailbox/delete", views.mailbox_delete),
    path("published/<path:path>", views.published_file),
    *pages.urlpatterns,
]
