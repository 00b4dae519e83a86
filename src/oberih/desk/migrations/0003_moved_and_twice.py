"""Two more outcomes: a mailbox emptied after a change of words, a number that came twice."""

from django.db import migrations, models

BEFORE = [
    "filed",
    "cannot open",
    "malformed",
    "bad signature",
    "unknown mailbox",
    "repeated",
    "held",
    "unannounced",
    "attachment",
    "tombstone",
]


def outcomes(values: list[str]) -> models.CheckConstraint:
    """Return the constraint that allows exactly these outcomes."""
    return models.CheckConstraint(condition=models.Q(("outcome__in", values)), name="taken_outcome")


class Migration(migrations.Migration):
    """Widen the list of outcomes."""

    dependencies = [("desk", "0002_watch_list")]

    operations = [
        migrations.RemoveConstraint("taken", "taken_outcome"),
        migrations.AddConstraint("taken", outcomes([*BEFORE, "number twice", "emptied"])),
    ]
