from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0001_first_tables")]

    operations = [
        migrations.CreateModel(
            name="GuardianWord",
            fields=[
                ("case", models.CharField(max_length=9, primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=16)),
                ("settled_by", models.CharField(max_length=40)),
                ("settled_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(word__in=["may be told", "must not be told"]),
                        name="care_guardian_word",
                    )
                ]
            },
        )
    ]
