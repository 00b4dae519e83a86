"""The public log's table."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add LogEntry."""

    dependencies: ClassVar = [("alerts", "0001_first")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("path", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("entry", models.BinaryField(max_length=400)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("path", "sha256"), name="log_file_once")
                ]
            },
        ),
    ]
