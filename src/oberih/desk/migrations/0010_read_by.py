"""Which check read the cases: a changed one reads the quiet ones again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0009_second_reading"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadBy",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_read_by")
                ],
            },
        ),
    ]
