"""The audit's Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The chain of acts: who did what, in an order that cannot be changed afterwards."""

    name = "oberih.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
