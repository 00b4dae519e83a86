"""The Django application of calls."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Reports that were told over a phone or written on paper, and the card of each call."""

    name = "oberih.desk.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"
