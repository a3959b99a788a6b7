import django.db.models.deletion
from django.db import migrations, models

import xinfang.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("archives", "0004_refusals"),
        ("organizations", "0003_map"),
    ]

    operations = [
        migrations.CreateModel(
            name="Placing",
            fields=[
                (
                    "id",
                    xinfang.foundation.ids.IdField(
                        default=xinfang.foundation.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=60)),
                ("placed_at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.officer"
                    ),
                ),
                (
                    "volume",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placings", to="archives.volume"
                    ),
                ),
            ],
        ),
    ]
