import django.db.models.deletion
from django.db import migrations, models

import xinfang.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0003_map"),
        ("petitions", "0034_accusations_at_the_discipline_organ"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptNote",
            fields=[
                ("words_sealed", models.BinaryField(null=True)),
                (
                    "id",
                    xinfang.foundation.ids.IdField(
                        default=xinfang.foundation.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("shown_at", models.DateTimeField()),
                ("proof", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.officer"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt_notes",
                        to="petitions.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("petition", "shown_at"), name="receipt_noted_once_as_shown")
                ],
            },
        ),
    ]
