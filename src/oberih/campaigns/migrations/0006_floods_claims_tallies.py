"""Floods known by their contacts, fakes set apart, claims that officers note, counted verdicts."""

from collections import Counter
from hashlib import blake2b
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count

FLOOD = 100
STRONG = 0.5
KINDS = ["identifier", "payment", "file", "picture", "pattern", "person", "place"]


def know_lexicons(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the hash of each book's lexicon."""
    del schema_editor
    for book in apps.get_model("campaigns", "Book").objects.all():
        book.digest = blake2b(bytes(book.lexicon), digest_size=16).hexdigest()
        book.save(update_fields=["digest"])


def mark_held(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write in each contact of a flood that nobody let count that it is held."""
    del schema_editor
    contacts = apps.get_model("campaigns", "Contact").objects
    releases = apps.get_model("campaigns", "Release").objects
    flooded = contacts.values("book", "group", "day").annotate(n=Count("pk")).filter(n__gt=FLOOD)
    for one in list(flooded):
        rows = contacts.filter(book=one["book"], group=one["group"])
        if not releases.filter(day=one["day"], case__in=rows.values("case")).exists():
            rows.filter(day=one["day"]).update(is_held=True)


def count_verdicts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count the verdicts that were given until now."""
    del schema_editor
    counted: dict[tuple[str, bool], Counter[str]] = {}
    for one in apps.get_model("campaigns", "LinkVerdict").objects.all():
        for reason, strength in one.reasons:
            counted.setdefault((reason, strength >= STRONG), Counter())[one.verdict] += 1
    tallies = apps.get_model("campaigns", "Tally").objects
    for (reason, is_strong), verdicts in counted.items():
        tallies.create(reason=reason, is_strong=is_strong, **verdicts)


class Migration(migrations.Migration):
    """Columns, tables, then what follows from the rows that are there."""

    dependencies: ClassVar = [("campaigns", "0005_keys_by_key_alone")]

    operations: ClassVar = [
        migrations.AddField("book", "digest", models.CharField(default="", max_length=32)),
        migrations.AddField("contact", "is_held", models.BooleanField(default=False)),
        migrations.AddField("contact", "is_apart", models.BooleanField(default=False)),
        migrations.RemoveIndex("contact", "campaigns_c_book_0e022c_idx"),
        migrations.AddIndex(
            "contact", models.Index(fields=["book", "group", "day"], name="contact_of_group")
        ),
        migrations.AddIndex(
            "contact", models.Index(fields=["book", "family"], name="contact_of_family")
        ),
        migrations.AddIndex(
            "contact",
            models.Index(
                fields=["book"], condition=models.Q(("is_held", True)), name="contact_held"
            ),
        ),
        migrations.RemoveConstraint("clue", "clue_kind"),
        migrations.AddConstraint(
            "clue",
            models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="clue_kind"),
        ),
        migrations.CreateModel(
            name="SetApart",
            fields=[
                ("case", models.CharField(max_length=9, primary_key=True, serialize=False)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.CharField(max_length=9)),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=120)),
                ("text", models.CharField(max_length=80)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "kind", "value"), name="claim_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "place"])), name="claim_kind"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=10)),
                ("is_strong", models.BooleanField()),
                ("accepted", models.IntegerField(default=0)),
                ("rejected", models.IntegerField(default=0)),
                ("unsure", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("reason", "is_strong"), name="tally_once")
                ]
            },
        ),
        migrations.RunPython(know_lexicons, migrations.RunPython.noop),
        migrations.RunPython(mark_held, migrations.RunPython.noop),
        migrations.RunPython(count_verdicts, migrations.RunPython.noop),
    ]
