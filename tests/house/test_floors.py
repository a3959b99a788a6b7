"""Foreign keys are strings, so the import contract does not see them. This does."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from tests.house import rooms


def climbing(candidates: list[type[models.Model]]) -> list[str]:
    floors = rooms.floors()
    return [
        f"{model._meta.label}.{field.name}: {here} → {there}"
        for model, field, here, there in rooms.relations(candidates)
        if floors[there] >= floors[here]
    ]


def with_a_way_back(candidates: list[type[models.Model]]) -> list[str]:
    return [
        f"{model._meta.label}.{field.name}"
        for model, field, _here, _there in rooms.relations(candidates)
        if not field.remote_field.hidden
    ]


def test_no_relation_points_to_the_same_or_a_higher_floor() -> None:
    assert climbing(rooms.all_models()) == []


def test_every_foreign_key_to_another_room_has_no_way_back() -> None:
    assert with_a_way_back(rooms.all_models()) == []


def test_every_room_has_a_floor() -> None:
    assert {room.name.removeprefix("xinfang.") for room in rooms.rooms()} <= rooms.floors().keys()


@pytest.fixture
def low_and_high() -> list[type[models.Model]]:
    """A table in trace that points up at one in petitions, with a way back."""
    with isolate_apps("xinfang.trace", "xinfang.petitions"):
        high = type("High", (models.Model,), _in("petitions"))
        key = models.ForeignKey(high, models.CASCADE)
        low = type("Low", (models.Model,), {**_in("trace"), "high": key})
    return [low, high]


def _in(room: str) -> dict[str, object]:
    return {"__module__": f"xinfang.{room}.models", "Meta": type("Meta", (), {"app_label": room})}


def test_a_relation_upstairs_would_be_found(low_and_high: list[type[models.Model]]) -> None:
    assert climbing(low_and_high) == ["trace.Low.high: trace → petitions"]


def test_a_way_back_would_be_found(low_and_high: list[type[models.Model]]) -> None:
    assert with_a_way_back(low_and_high) == ["trace.Low.high"]
