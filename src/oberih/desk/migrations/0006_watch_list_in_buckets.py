from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_full_text")]

    operations = [
        migrations.AddField(
            model_name="watchepoch",
            name="bits",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="watchepoch",
            name="salt",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="watchepoch",
            name="whole",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
