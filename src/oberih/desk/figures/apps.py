"""The figures' Django application."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """What the desk counts, and what of it was released."""

    name = "oberih.desk.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
