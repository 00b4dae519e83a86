"""The front's Django application."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """Sealed mailboxes, published files and the families' pages: all that faces the internet."""

    name = "oberih.front"
    label = "front"
    default_auto_field = "django.db.models.BigAutoField"
