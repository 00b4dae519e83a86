"""The desk's addresses; ids are opaque, nothing of a report stands in one."""

from django.urls import include, path

from oberih.desk import (
    alert_views,
    attachment_views,
    shift_views,
    views,
    watch_batch_views,
    watch_views,
)
from oberih.staff.fresh import fresh

app_name = "desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("cases/<str:case>/", views.case, name="case"),
    path("cases/<str:case>/opened/", views.opened, name="opened"),
    path("cases/<str:case>/reply/", views.reply, name="reply"),
    path("cases/<str:case>/preview/", views.preview, name="preview"),
    path("cases/<str:case>/note/", views.note, name="note"),
    path("cases/<str:case>/assign/", views.assign, name="assign"),
    path("cases/<str:case>/close/", views.close, name="close"),
    path("cases/<str:case>/reopen/", views.reopen, name="reopen"),
    path("cases/<str:case>/verified/", views.verified, name="verified"),
    path("cases/<str:case>/words/", views.words_known, name="words"),
    path("replies/<int:reply_id>/take-back/", views.take_back, name="take-back"),
    path("attachments/<str:attachment>/", attachment_views.attachment, name="attachment"),
    path("attachments/<str:attachment>/image/", attachment_views.image, name="image"),
    path("attachments/<str:attachment>/sound/", attachment_views.sound, name="sound"),
    path(
        "attachments/<str:attachment>/original/", fresh(attachment_views.original), name="original"
    ),
    path("alerts/", alert_views.alerts, name="alerts"),
    path("alerts/new/", alert_views.draft, name="draft-alert"),
    path("alerts/preview/", alert_views.preview, name="preview-alert"),
    path("alerts/<str:alert>/", alert_views.alert, name="alert"),
    path("alerts/<str:alert>/approve/", fresh(alert_views.approve), name="approve-alert"),
    path("alerts/<str:alert>/reject/", alert_views.reject, name="reject-alert"),
    path("alerts/<str:alert>/cancel/", alert_views.cancel, name="cancel-alert"),
    path("alerts/<str:alert>/leaflet/<str:language>/", alert_views.leaflet, name="leaflet"),
    path("watch-list/", watch_views.watch_list, name="watch-list"),
    path("watch-list/new/", watch_views.propose, name="watch-propose"),
    path("watch-list/import/", watch_views.bring, name="watch-import"),
    path("watch-list/import/all/", watch_views.bring_all, name="watch-import-all"),
    path("watch-list/<str:entry>/", watch_views.entry, name="watch-entry"),
    path("watch-list/<str:entry>/together/", fresh(watch_batch_views.together), name="watch-batch"),
    path("watch-list/<str:entry>/confirm/", fresh(watch_views.confirm), name="watch-confirm"),
    path("watch-list/<str:entry>/reject/", watch_views.reject, name="watch-reject"),
    path("watch-list/<str:entry>/release/", fresh(watch_views.release), name="watch-release"),
    path("watch-list/<str:entry>/retire/", watch_views.retire, name="watch-retire"),
    path("", include("oberih.desk.access.urls")),
    path("", include("oberih.desk.working.urls")),
    path("", include("oberih.desk.casework.urls")),
    path("", include("oberih.desk.campaigns.urls")),
    path("", include("oberih.desk.register.urls")),
    path("", include("oberih.desk.figures.urls")),
    path("", include("oberih.desk.subscribers.urls")),
    path("", include("oberih.desk.reach.urls")),
    path("", include("oberih.desk.care.urls")),
    path("", include("oberih.desk.calls.urls")),
    path("shift/", views.shift, name="shift"),
    path("shift/hand-over.pdf", shift_views.handed_over, name="hand-over"),
    path("acts/", views.acts, name="acts"),
]
