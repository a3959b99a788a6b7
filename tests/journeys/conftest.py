"""A town with its own time, for the scenarios that are told day by day."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.journeys.life import Life
from tests.journeys.town import Clock, settle
from tests.journeys.visitor import Visitor
from xinfang.trace import sequencer
from xinfang.trace.verify import verify


@pytest.fixture
def visitor() -> type[Visitor]:
    """Who opens the windows."""
    return Visitor


@pytest.fixture
def life(db: None, settings: Settings, tmp_path: object, visitor: type[Visitor]) -> Iterator[Life]:
    """A petition that is still to come, in a town with its own time, store and cache."""
    settings.STORE = tmp_path / "files"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"}}
    clock = Clock("2026-01-05 09:00")
    with mock.patch.object(timezone, "now", clock):
        settle(at=clock())
        yield Life(clock, visitor)
        sequencer.place_all()
        assert verify() is None
