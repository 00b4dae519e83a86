"""Tasks, reminders, transfers, consents, referrals and mergers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0006_watch_list_in_buckets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=40)),
                ("items", models.JSONField(default=list)),
                ("until", models.DateField()),
                ("how", models.CharField(max_length=20)),
                ("said", models.TextField(blank=True, default="")),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("withdrawn_by", models.CharField(blank=True, default="", max_length=40)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Danger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(default="declared", max_length=9),
                ),
                ("declared_by", models.CharField(max_length=40)),
                ("declared_at", models.DateTimeField()),
                ("second_by", models.CharField(blank=True, default="", max_length=40)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Merger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("undone_by", models.CharField(blank=True, default="", max_length=40)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=40)),
                ("items", models.JSONField(default=list)),
                ("package", models.TextField()),
                (
                    "state",
                    models.CharField(default="sent", max_length=8),
                ),
                ("by", models.CharField(max_length=40)),
                ("sent_at", models.DateTimeField()),
                ("changed_by", models.CharField(blank=True, default="", max_length=40)),
                ("changed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["due_at"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, default="", max_length=40)),
                ("text", models.CharField(blank=True, default="", max_length=300)),
                (
                    "state",
                    models.CharField(default="open", max_length=14),
                ),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_team", models.CharField(max_length=40)),
                ("to_team", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(default="offered", max_length=9),
                ),
                ("offered_by", models.CharField(max_length=40)),
                ("offered_at", models.DateTimeField()),
                ("answered_by", models.CharField(blank=True, default="", max_length=40)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="grant",
            name="grant_kind",
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.CharField(blank=True, db_index=True, default="", max_length=9),
        ),
        migrations.AddField(
            model_name="case",
            name="returned_for",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["case", "identity", "minors", "original"])),
                name="grant_kind",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="desk.case"
            ),
        ),
        migrations.AddField(
            model_name="danger",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="dangers", to="desk.case"
            ),
        ),
        migrations.AddField(
            model_name="merger",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mergers", to="desk.case"
            ),
        ),
        migrations.AddField(
            model_name="merger",
            name="into",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="taken_in", to="desk.case"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="referrals",
                to="desk.case",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="desk.consent"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="danger",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="desk.danger"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="desk.case",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="desk.case"
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transfers",
                to="desk.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("how__in", ["in the conversation", "by phone", "on paper", "in person"])
                ),
                name="consent_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="danger",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["declared", "confirmed", "refused"])),
                name="danger_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="danger",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_by", models.F("declared_by")), _negated=True),
                name="danger_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="danger",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="danger_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="merger",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("case",),
                name="merged_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="merger",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("into")), _negated=True),
                name="merged_into_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["sent", "accepted", "done", "revoked"])),
                name="referral_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent__isnull", False), ("danger__isnull", True)),
                    models.Q(("consent__isnull", True), ("danger__isnull", False)),
                    _connector="OR",
                ),
                name="referral_has_one_ground",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["ended_at", "due_at"], name="reminder_due"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="reminder_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "done", "not applicable"])),
                name="task_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="task_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("case", "code"),
                name="task_of_the_playbook_once",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["to_team", "state"], name="transfer_to_team"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["offered", "accepted", "rejected", "withdrawn"])),
                name="transfer_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_team", models.F("to_team")), _negated=True),
                name="transfer_moves",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "offered")), fields=("case",), name="one_offer_waits"
            ),
        ),
    ]
