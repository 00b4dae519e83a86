"""What a column of a closed list may hold, as the database is told it."""

from enum import Enum

from django.db.models import Q


def is_one_of(field: str, values: type[Enum]) -> Q:
    """Return the condition that a field holds one of the values of a closed list."""
    return Q(**{f"{field}__in": [one.value for one in values]})
