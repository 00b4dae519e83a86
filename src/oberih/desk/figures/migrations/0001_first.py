"""The figures' table."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Create MonthFigures."""

    initial = True
    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="MonthFigures",
            fields=[
                ("month", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("tables", models.JSONField(default=dict)),
                ("author", models.CharField(max_length=40)),
                ("approver", models.CharField(blank=True, default="", max_length=40)),
                ("made_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-month"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(author=F("approver")), name="figures_two_people"
                    ),
                    models.CheckConstraint(
                        condition=Q(released_at__isnull=True) | ~Q(approver=""),
                        name="figures_released_by_someone",
                    ),
                ],
            },
        ),
    ]
