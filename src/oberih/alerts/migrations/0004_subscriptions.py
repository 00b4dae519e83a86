"""Subscribers: sealed, with a keyed hash; no case."""

from django.db import migrations, models

import oberih.alerts.states


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0003_acts_and_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("mac", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("way", models.CharField(max_length=4)),
                ("sealed", models.BinaryField(max_length=2100)),
                ("region", models.CharField(blank=True, default="", max_length=5)),
                ("language", models.CharField(default="uk", max_length=2)),
                (
                    "state",
                    models.CharField(
                        default=oberih.alerts.states.SubscriptionState["NEW"], max_length=9
                    ),
                ),
                ("day", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["way", "state", "region"], name="subscription_asked_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["sms", "push"])), name="subscription_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "asked", "confirmed"])),
                        name="subscription_state",
                    ),
                ],
            },
        ),
    ]
