"""The campaigns' Django application."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Contacts joined by what they share; groups that people name campaigns."""

    name = "oberih.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
