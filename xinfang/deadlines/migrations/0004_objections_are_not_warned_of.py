"""What was promised before is warned of no more: the five days in which a unit may object are its own right."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def silence(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    promise = apps.get_model("deadlines", "Promise")
    promise.objects.filter(clock="D3", stopped_at__isnull=True).update(warn_on=None)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_minutes_of_a_term")]
    operations = [migrations.RunPython(silence, migrations.RunPython.noop)]
