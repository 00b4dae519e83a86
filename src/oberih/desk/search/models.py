"""The search's table: a case's words as stems; the full-text index stands beside it."""

from django.db import models


class SearchDocument(models.Model):
    """All words of one case, folded to stems; the key is the moment of filing, so it is the order.

    SQLite keeps an FTS5 table in step by triggers, PostgreSQL a generated tsvector column.
    """

    id = models.BigIntegerField(primary_key=True)
    case = models.OneToOneField("desk.Case", on_delete=models.CASCADE, related_name="search")
    stems = models.TextField(default="", blank=True)
    version = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Return the case's id, never its words."""
        return f"words of {self.case_id}"
