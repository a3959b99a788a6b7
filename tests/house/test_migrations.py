"""Migrations are complete and say what they do."""

import re

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.house import rooms

NAME = re.compile(r"\d{4}_[a-z][a-z0-9_]+")


def names() -> list[str]:
    return [file.stem for file in (rooms.ROOT / "xinfang").glob("*/migrations/*.py") if file.stem != "__init__"]


def test_migrations_are_complete() -> None:
    """Without a database, so that it says the same beside any."""
    written = MigrationLoader(None)
    ask = NonInteractiveMigrationQuestioner()
    compare = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps), ask)
    with translation.override(None):  # a migration holds names untranslated, as makemigrations writes them
        changes = compare.changes(graph=written.graph)
    ours = {room.label for room in rooms.rooms()}
    missing = {
        app: [step.describe() for migration in found for step in migration.operations]
        for app, found in changes.items()
        if app in ours
    }
    assert missing == {}


def test_no_migration_is_called_auto() -> None:
    assert [name for name in names() if "auto" in name.split("_")] == []


def test_every_migration_has_a_number_and_a_name() -> None:
    assert [name for name in names() if not NAME.fullmatch(name)] == []
