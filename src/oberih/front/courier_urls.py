"""The courier's listener: the desk's signed calls and nothing else."""

from django.urls import path

from oberih.front import courier_views

handler400 = "oberih.front.answers.bad_request"
handler404 = "oberih.front.answers.not_found"
handler500 = "oberih.front.answers.broken"

urlpatterns = [
    path("api/courier/collect", courier_views.collect),
    path("api/courier/attachment", courier_views.attachment),
    path("api/courier/acknowledge", courier_views.acknowledge),
    path("api/courier/deliver", courier_views.deliver),
    path("api/courier/publish", courier_views.publish),
]
