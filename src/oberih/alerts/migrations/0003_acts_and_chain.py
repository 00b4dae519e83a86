"""Acts, audiences, gravity, exercises, the chain of publications."""

from django.db import migrations, models

import oberih.alerts.states


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0002_public_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("alert", models.CharField(max_length=9)),
                ("standing", models.CharField(max_length=8)),
                ("note", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="alert_state",
        ),
        migrations.AddField(
            model_name="alert",
            name="audience",
            field=models.CharField(default=oberih.alerts.states.Audience["PUBLIC"], max_length=6),
        ),
        migrations.AddField(
            model_name="alert",
            name="cancellation",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="alert",
            name="cancelled_by",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="alert",
            name="certainty",
            field=models.CharField(
                default=oberih.alerts.states.Certainty["OBSERVED"], max_length=8
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="days",
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name="alert",
            name="effective_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="alert",
            name="message_type",
            field=models.CharField(default=oberih.alerts.states.MessageType["ALERT"], max_length=9),
        ),
        migrations.AddField(
            model_name="alert",
            name="onset_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="alert",
            name="refers_to",
            field=models.CharField(blank=True, default="", max_length=9),
        ),
        migrations.AddField(
            model_name="alert",
            name="regions",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="alert",
            name="severity",
            field=models.CharField(default=oberih.alerts.states.Severity["SEVERE"], max_length=8),
        ),
        migrations.AddField(
            model_name="alert",
            name="standing",
            field=models.CharField(default=oberih.alerts.states.Standing["ACTUAL"], max_length=8),
        ),
        migrations.AddField(
            model_name="alert",
            name="urgency",
            field=models.CharField(default=oberih.alerts.states.Urgency["EXPECTED"], max_length=9),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "approved", "rejected", "cancelled", "updated"])
                ),
                name="alert_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("message_type__in", ["alert", "update", "cancel", "all clear"])
                ),
                name="alert_message_type",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["actual", "exercise"])), name="alert_standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("message_type", "alert"),
                    models.Q(("refers_to", ""), _negated=True),
                    _connector="XOR",
                ),
                name="alert_follows",
            ),
        ),
    ]
