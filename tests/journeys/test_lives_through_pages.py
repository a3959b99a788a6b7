"""Lives of `xinfang play` through the pages instead of the verbs, all in one year, to the archive.

A few of them here; XINFANG_LIVES=50 plays fifty and, with -s, prints what came of them.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.journeys import callers
from tests.journeys.callers import FIRST_MORNING, Caller
from tests.journeys.desks import Desks
from tests.journeys.pages import Pages, rating_form
from tests.journeys.town import BUREAU, Clock, settle
from xinfang.deadlines.models import Promise
from xinfang.organizations.models import Duty, Unit
from xinfang.petitions import openings
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Assignment, Petition
from xinfang.petitions.play import life
from xinfang.petitions.play.casting import Casting
from xinfang.petitions.play.company import Company
from xinfang.petitions.play.life import Life, Stage
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

LIVES = int(os.environ.get("XINFANG_LIVES", "6"))


@pytest.fixture
def desks(db: None, settings: Settings, tmp_path: object) -> Iterator[Desks]:
    """The county a week before the first petitioner comes, with a store and a cache of its own."""
    settings.STORE = tmp_path / "files"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"}}
    clock = Clock("2025-02-24 09:00")
    with mock.patch.object(timezone, "now", clock):
        settle(at=clock())
        yield Desks(clock)


class Town:
    """Petitioners who come and lives that go on: always the one whose hour is next, as in a year of a county."""

    def __init__(self, desks: Desks) -> None:
        self.desks, self.pages = desks, Pages(desks)
        self.stage = Stage(Company(at=desks.clock()), Casting(), FIRST_MORNING)
        self.registrar = self.stage.company.one(Unit.objects.get(short_name=BUREAU), Duty.REGISTRAR)
        self._hours: list[tuple[datetime, int, Caller | Petition]] = []

    def live(self, count: int) -> None:
        for caller in callers.callers(count):
            heappush(self._hours, (caller.comes, caller.n, caller))
        with mock.patch.multiple(life, actions=self.pages, rating_form=rating_form):
            while self._hours:
                hour, n, who = heappop(self._hours)
                self._take_turn(hour, n, self._come(who) if isinstance(who, Caller) else who)

    def _take_turn(self, hour: datetime, n: int, petition: Petition) -> None:
        """As far as it goes by this hour, which is one step, or none when the night has taken it."""
        going = Life(petition, replace(self.stage, now=hour))
        if not going.go_on():
            heappush(self._hours, (going.when(going.next_step()), n, petition))

    def _come(self, caller: Caller) -> Petition:
        slip = callers.register(caller, self.desks, self.registrar)
        self.pages.slips[slip.number] = slip
        return Petition.objects.select_related("organ").get(number=slip.number)


def test_lives_go_through_the_pages_to_the_archive(desks: Desks) -> None:
    began, town = time.monotonic(), Town(desks)
    town.live(LIVES)
    assert Petition.objects.count() == LIVES
    assert set(Petition.objects.values_list("status", flat=True)) == {PetitionStatus.ARCHIVED}
    assert not Promise.objects.filter(stopped_at__isnull=True).exists()
    sequencer.place_all()
    assert verify() is None
    _no_step_was_taken_beside_the_pages(desks)
    told = f"{LIVES} lives, {desks.pressed} forms, {Entry.objects.count()} entries: {_figures()}"
    print(f"\n{told}, {time.monotonic() - began:.0f} s")


def _no_step_was_taken_beside_the_pages(desks: Desks) -> None:
    """Each form that was sent is one move by a person's hand; what followed of itself is the system's."""
    moves = Entry.objects.filter(act__in=list(openings.moves())).exclude(hand="system")
    assert moves.count() == desks.pressed


def _figures() -> dict[str, int]:
    of_ways = Assignment.objects.values_list("kind", flat=True)
    of_ratings = Petition.objects.values_list("evaluation_status", flat=True)
    of_channels = Petition.objects.values_list("channel", flat=True)
    repeats = ["repeat"] * Petition.objects.filter(repeat_of__isnull=False).count()
    return dict(Counter([*of_channels, *of_ways, *of_ratings, *repeats]))
