"""The alerts' Django application."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Signed warnings: drafted by one, approved by another, published by the courier."""

    name = "oberih.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
