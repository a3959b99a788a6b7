"""What the house tests walk: the rooms, their floors, their models, their actions."""

import importlib
import importlib.util
import inspect
import pkgutil
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Room to floor, the ground being 0, as the import contract has it: one list, two guards."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {room.strip(): floor for floor, layer in enumerate(reversed(layers)) for room in layer.split("|")}


def rooms() -> list[AppConfig]:
    return [config for config in apps.get_app_configs() if config.name.startswith("xinfang.")]


def all_models() -> list[type[models.Model]]:
    """Every model of ours, without the tables Django makes for many-to-many fields."""
    return [model for room in rooms() for model in room.get_models()]


def relations(of: Iterable[type[models.Model]]) -> Iterator[tuple[type[models.Model], Any, str, str]]:
    """Each relation between two rooms: model, field, the room it stands in, the room it points to."""
    for model in of:
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if isinstance(target, type) and (there := room_of(target)) and (here := room_of(model)) and here != there:
                yield model, field, here, there


def room_of(model: type[models.Model]) -> str | None:
    """None for the tables of libraries."""
    root, _, rest = model.__module__.partition(".")
    return rest.partition(".")[0] if root == "xinfang" else None


def action_modules() -> Iterator[ModuleType]:
    """`actions.py`, or every module of `actions/`. Timed sweeps are nobody's act; the verbs they call are."""
    for room in rooms():
        if importlib.util.find_spec(f"{room.name}.actions") is None:
            continue
        package = importlib.import_module(f"{room.name}.actions")
        yield package
        for found in pkgutil.iter_modules(getattr(package, "__path__", [])):
            if found.name != "sweeps":
                yield importlib.import_module(f"{package.__name__}.{found.name}")


def public_functions(module: ModuleType) -> list[Callable[..., Any]]:
    """Those written in the module itself."""
    functions = inspect.getmembers(module, inspect.isfunction)
    return [f for name, f in functions if f.__module__ == module.__name__ and not name.startswith("_")]
