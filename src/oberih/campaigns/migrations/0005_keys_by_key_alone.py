"""Keys of a text are made again from its sketch: nothing asks for them by rank."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Drop the index that made SQLite choose badly."""

    dependencies: ClassVar = [("campaigns", "0004_looks")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="wordingkey", name="campaigns_w_book_1fc12c_idx"),
    ]
