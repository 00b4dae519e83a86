"""The register's Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Who is sought, what is known of them by whom, and what contradicts."""

    name = "oberih.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
