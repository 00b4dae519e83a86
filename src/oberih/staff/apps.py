"""The staff's Django application."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Members, roles, invitations, sign-in by passkey."""

    name = "oberih.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
