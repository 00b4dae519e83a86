"""The Django application of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """What keeps the people of the desk well, and what they may not see of each other."""

    name = "oberih.desk.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"
