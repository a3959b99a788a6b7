"""What the steps of a life share: the clock, the desk and its officers, the slip in the petitioner's hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.journeys.town import OFFICERS, PASSWORD, Clock
from tests.journeys.visitor import Visitor
from xinfang.trace import followers, sequencer, timetable

Step = Callable[["Life"], None]


class Life:
    """One petition on its way. `browser` opens a new window with cookies of its own."""

    def __init__(self, clock: Clock, browser: Callable[[], Visitor] = Visitor) -> None:
        self.clock, self.browser = clock, browser
        self.number = self.query_code = self.act_secret = ""

    @contextmanager
    def at_desk(self, username: str, at: str) -> Iterator[Visitor]:
        """An officer comes to his desk and signs in; whoever was signed in days ago is no longer."""
        self.time_passes(at)
        desk = self.browser()
        desk.open("/desk/")
        desk.fill(username=username, password=PASSWORD)
        desk.press("登录")
        assert desk.sees(OFFICERS[username][0])
        yield desk
        desk.close()

    @contextmanager
    def at_petition(self, username: str, at: str) -> Iterator[Visitor]:
        """The same, and he opens the petition from his worklist."""
        with self.at_desk(username, at) as desk:
            desk.follow(self.number)
            yield desk

    def find(self, desk: Visitor) -> None:
        """What waits for him no longer, or not yet, an officer finds by its number."""
        desk.fill(number=self.number)
        desk.press("查找")

    @contextmanager
    def at_home(self, at: str) -> Iterator[Visitor]:
        """The petitioner, or whoever she gives her slip to, asks the portal."""
        self.time_passes(at)
        screen = self.browser()
        screen.open("/")
        screen.follow("我要查询")
        screen.fill(number=self.number, query_code=self.query_code)
        screen.press("查询")
        yield screen
        screen.close()

    def petitioner_reads(self, *sentences: str, at: str) -> None:
        with self.at_home(at) as screen:
            assert [sentence for sentence in sentences if not screen.sees(sentence)] == []

    def time_passes(self, until: str) -> None:
        """What a worker does meanwhile, without its own care of connections, which would end a test's transaction."""
        self.clock.set(until)
        sequencer.place_all()
        followers.read_all()
        timetable.run_due(self.clock())


def heading(step: Step) -> str:
    """The first line of its docstring, which heads its chapter in docs/life-of-a-petition.md too."""
    return (step.__doc__ or "").splitlines()[0].rstrip(".")
