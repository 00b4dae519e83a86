"""The desk's Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Cases, their conversations and the desk's queue."""

    name = "oberih.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
