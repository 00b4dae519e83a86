"""The first tables, on SQLite and on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

from oberih.front.tables import CreateHashedTable


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateHashedTable(
            name="Courier",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("fence", models.BigIntegerField(default=0)),
            ],
        ),
        CreateHashedTable(
            name="Nonce",
            fields=[
                ("nonce", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("day", models.DateField()),
            ],
        ),
        CreateHashedTable(
            name="Mailbox",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("token_hash", models.CharField(max_length=64)),
                ("is_deleted", models.BooleanField(default=False)),
                (
                    "progress",
                    models.SmallIntegerField(
                        choices=[(0, "Waiting"), (1, "Filed"), (2, "Backed Up")], default=0
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_deleted", True)),
                        fields=["progress"],
                        name="front_tombstone",
                    )
                ],
            },
        ),
        CreateHashedTable(
            name="Attachment",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content_hash", models.CharField(max_length=64)),
                ("chunks", models.SmallIntegerField()),
                ("day", models.DateField()),
                ("is_complete", models.BooleanField(default=False)),
                (
                    "progress",
                    models.SmallIntegerField(
                        choices=[(0, "Waiting"), (1, "Filed"), (2, "Backed Up")], default=0
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="front.mailbox"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["content_hash"], name="front_content")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("chunks__in", [1, 2, 4, 8, 16, 32, 64, 128, 256])),
                        name="front_chunks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__in", [0, 1, 2])),
                        name="front_attachment_progress",
                    ),
                ],
            },
        ),
        CreateHashedTable(
            name="Part",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "attachment_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.SmallIntegerField()),
                (
                    "attachment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="front.attachment",
                    ),
                ),
            ],
        ),
        CreateHashedTable(
            name="Envelope",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("direction", models.SmallIntegerField()),
                ("epoch", models.BigIntegerField()),
                ("day", models.DateField()),
                (
                    "progress",
                    models.SmallIntegerField(
                        choices=[(0, "Waiting"), (1, "Filed"), (2, "Backed Up")], default=0
                    ),
                ),
                ("body", models.BinaryField()),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="front.mailbox"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("direction", 0), ("progress", 0)),
                        fields=["day"],
                        name="front_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("direction", 0), ("progress__gt", 0)),
                        fields=["progress"],
                        name="front_collected",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", [0, 1])), name="front_direction"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__in", [0, 1, 2])),
                        name="front_envelope_progress",
                    ),
                ],
            },
        ),
    ]
