"""Open cases that the engine found nothing loud in wait for the second reader."""

from typing import Any

from django.db import migrations, models


def let_open_ones_wait(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401  # Django's own form
    """Mark what the desk still works on; a closed case was judged by a person."""
    del schema_editor
    quiet = apps.get_model("desk", "Case").objects.filter(band__in=["none", "verify"])
    quiet.exclude(state="closed").update(waits_for_second=True)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0008_quick_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="waits_for_second",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("waits_for_second", True)),
                fields=["urgency", "filed_at", "id", "state", "merged_into"],
                name="case_waits_for_second",
            ),
        ),
        migrations.RunPython(let_open_ones_wait, migrations.RunPython.noop),
    ]
