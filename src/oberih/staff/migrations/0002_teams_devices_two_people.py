"""Teams (everybody there joins the default one), devices, role changes by two people."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DEFAULT_TEAM = "desk"


def everybody_joins(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    members = list(apps.get_model("staff", "Member").objects.all())
    if not members:
        return
    team = apps.get_model("staff", "Team").objects.create(id=DEFAULT_TEAM, name=DEFAULT_TEAM)
    for member in members:
        member.teams.add(team)


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80, unique=True)),
            ],
        ),
        migrations.AddField(
            "member", "teams", models.ManyToManyField(related_name="members", to="staff.team")
        ),
        migrations.RunPython(everybody_joins, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("token_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=6)),
                ("seen_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by", models.CharField(blank=True, default="", max_length=40)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to", models.CharField(max_length=10)),
                ("asked_by", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("agreed_by", models.CharField(blank=True, default="", max_length=40)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("agreed_at__isnull", True)),
                        fields=("member",),
                        name="staff_one_role_change_waits",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(("agreed_by", models.F("asked_by"))),
                        name="staff_role_change_by_two",
                    ),
                ]
            },
        ),
    ]
