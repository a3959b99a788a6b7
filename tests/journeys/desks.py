"""The officers of the play at their desks: each with a browser of his own, which stays open until his session has ended."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from tests.journeys.town import PASSWORD, Clock
from tests.journeys.visitor import Upload, Visitor
from xinfang.organizations.actions import officers
from xinfang.organizations.models import Officer
from xinfang.petitions.models import Petition
from xinfang.trace import followers, sequencer, timetable

Entries = Mapping[str, str | Upload]


class Desks:
    """Time here goes only forward, for all lives together; what a worker does by night is done between two days."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.pressed = clock, 0
        self._windows: dict[int, Visitor] = {}

    def time_passes(self, at: datetime) -> None:
        is_next_day = timezone.localdate(at) > timezone.localdate(self.clock.at)
        self.clock.at = max(self.clock.at, at)
        if is_next_day:
            self.night()

    def night(self) -> None:
        """The worker without its own care of connections, which would end a test's transaction."""
        sequencer.place_all()
        followers.read_all()
        timetable.run_due(self.clock())

    def of(self, officer: Officer, at: datetime) -> Visitor:
        """His worklist before him; the password is asked when he was away for long."""
        self.time_passes(at)
        desk = self._windows.setdefault(officer.pk, Visitor())
        desk.open("/desk/")
        if desk.offers("登录"):
            if not officer.has_usable_password():
                officers.set_password(officer, raw=PASSWORD, by=officer, at=self.clock())
            desk.fill(username=officer.username, password=PASSWORD)
            desk.press("登录")
        assert desk.sees(officer.name), desk.text("error")
        return desk

    def at_petition(self, officer: Officer, petition: Petition, at: datetime) -> Visitor:
        """From his worklist when it stands there, otherwise found by its number."""
        desk, number = self.of(officer, at), str(petition.number)
        if desk.offers(number):
            desk.follow(number)
        else:
            desk.fill(number=number)
            desk.press("查找")
        assert desk.sees(number)
        return desk

    def take(self, move: str, officer: Officer, petition: Petition, at: datetime, entries: Entries) -> None:
        """A move by the words on its link, its form filled in as the page shows it, and the one button that sends it."""
        desk = self.at_petition(officer, petition, at)
        desk.follow(move)
        desk.fill(**entries)
        [button] = desk.text("main")
        self.press(desk, button)
        assert desk.sees(f"已办理：{move}。"), desk.text("error")

    def press(self, desk: Visitor, button: str) -> None:
        desk.press(button)
        self.pressed += 1
