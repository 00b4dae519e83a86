"""Teams, grants, questions to a second person, openings, identities, views, deeds, words."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_moved_and_twice"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(default="waiting", max_length=8),
                ),
                ("case", models.CharField(blank=True, default="", max_length=9)),
                ("asked_by", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("second_by", models.CharField(blank=True, default="", max_length=40)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("member", models.CharField(max_length=40)),
                ("act", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("before", models.JSONField(default=list)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FamilyIdentity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("contact", models.CharField(blank=True, default="", max_length=300)),
                ("kept_by", models.CharField(max_length=40)),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("case", models.CharField(blank=True, default="", max_length=9)),
                ("member", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("given_by", models.CharField(max_length=40)),
                ("second_by", models.CharField(blank=True, default="", max_length=40)),
                ("given_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("team", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("seen_by", models.CharField(blank=True, default="", max_length=40)),
                ("seen_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("member", models.CharField(max_length=40)),
                ("case", models.CharField(max_length=9)),
                ("opened_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("member", models.CharField(max_length=40)),
                ("key", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=400)),
            ],
            options={
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("stems", models.TextField(blank=True, default="")),
                ("version", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="desk_case_state_d09766_idx",
        ),
        migrations.AddField(
            model_name="case",
            name="family",
            field=models.CharField(blank=True, db_index=True, default="", max_length=9),
        ),
        migrations.AddField(
            model_name="case",
            name="team",
            field=models.CharField(default="desk", max_length=40),
        ),
        migrations.AddField(
            model_name="case",
            name="version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=[
                    "state",
                    "urgency",
                    "waiting_since",
                    "filed_at",
                    "owner",
                    "team",
                    "under18",
                    "band",
                    "language",
                    "region",
                    "id",
                ],
                name="case_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["state", "filed_at", "team", "owner", "under18", "id"], name="case_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["owner", "state"], name="case_of_owner"),
        ),
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(fields=["state", "asked_at"], name="ask_waiting"),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["break-glass", "more-cases"])), name="ask_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "agreed", "refused"])),
                name="ask_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_by", models.F("asked_by")), _negated=True),
                name="ask_of_another_person",
            ),
        ),
        migrations.AddIndex(
            model_name="deed",
            index=models.Index(fields=["member", "-at"], name="deed_of_member"),
        ),
        migrations.AddField(
            model_name="familyidentity",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="identity", to="desk.case"
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["member", "ends_at"], name="grant_of_member"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["case", "identity", "minors"])), name="grant_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("given_at"))), name="grant_ends"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="grant_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_by", models.F("member")), _negated=True),
                name="grant_by_another_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case", ""), ("kind", "minors")),
                    models.Q(
                        models.Q(("kind", "minors"), _negated=True),
                        models.Q(("case", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="grant_names_its_case",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="ask",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="notice", to="desk.ask"
            ),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["member", "opened_at"], name="opening_of_member"),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["case", "seen_at"], name="opening_of_case"),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(fields=("member", "case"), name="opening_once"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("member", "key"), name="saved_view_key"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__gte", 6), ("key__lte", 9)), name="saved_view_keys"
            ),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="search", to="desk.case"
            ),
        ),
    ]
