from django.db import migrations, models
from django.db.models import deletion


def drop(apps, schema_editor):
    """PostgreSQL keeps a second index of a unique text for searches by its beginning, which nobody makes."""
    if schema_editor.connection.vendor == "postgresql":
        for name in _like(schema_editor):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql" and not _like(schema_editor):
        entry = apps.get_model("trace", "Entry")
        schema_editor.execute(schema_editor._create_like_index_sql(entry, entry._meta.get_field("once")))


def _like(schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'trace_entry'"
            " AND indexdef LIKE '%varchar_pattern_ops%'"
        )
        return [name for (name,) in cursor.fetchall()]


class Migration(migrations.Migration):

    dependencies = [
        ('trace', '0002_the_tree_of_the_log'),
    ]

    operations = [
        migrations.AlterField(
            model_name='waiting',
            name='entry',
            field=models.OneToOneField(db_constraint=False, on_delete=deletion.PROTECT, primary_key=True, related_name='waiting', serialize=False, to='trace.entry'),
        ),
        migrations.RunPython(drop, make),
    ]
