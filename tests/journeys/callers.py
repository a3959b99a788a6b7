"""Who comes to the bureau and how each is registered at the pages: letters through the letter room, visits after a reception."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random

from django.utils import timezone

from tests.journeys.desks import Desks
from tests.journeys.town import COUNTY
from tests.journeys.visitor import Visitor
from xinfang.desk.demo_texts import Filled, read
from xinfang.organizations.models import Officer
from xinfang.petitions.codes import Channel, Purpose
from xinfang.petitions.play.script import at_minute

SEED = 20250303
FIRST_MORNING = at_minute(date(2025, 3, 3), 9 * 60)
FIRST_PHONE = 13800005000
EVERY_SO_MANY, UNTIL_ANSWERED = 5, timedelta(days=280)
"""The last of five is the first of them once more, long after he was answered."""
SELDOM = {"anonymous": 0.06, "joint": 0.12, "urgent": 0.04}
NEIGHBOURS = ("王建国", "李秀珍", "赵文军")


@dataclass(frozen=True)
class Caller:
    """The n-th petitioner, what he says and when he comes."""

    n: int
    filled: Filled
    comes: datetime
    repeats: bool = False

    @property
    def phone(self) -> str:
        return str(FIRST_PHONE + self.n)

    def is_one_of(self, kind: str) -> bool:
        return not self.repeats and Random(f"{SEED}:{kind}:{self.n}").random() < SELDOM[kind]

    @property
    def received_at(self) -> str:
        return f"{timezone.localtime(self.comes):%Y-%m-%dT%H:%M}"

    def entries(self) -> dict[str, str]:
        """What the registrar types, besides the channel and the time."""
        filled = self.filled
        said = {"title": filled.title, "text": filled.text, "demands": "\n".join(filled.demands)}
        said |= {"division": filled.street, "category": filled.category, "purpose": str(filled.purpose.label)}
        said |= {"persons_count": "1", "persons_involved": "1"}
        if not self.is_one_of("anonymous"):
            said |= {"lead_name": filled.name, "lead_phone": self.phone, "lead_address": filled.place}
        if self.is_one_of("joint"):
            said |= {"lead_name": filled.name, "lead_phone": self.phone, "people": "\n".join(NEIGHBOURS)}
            said |= {"persons_count": "7", "persons_involved": "30"}
        if filled.channel == Channel.VISIT:
            said["persons_present"] = said["persons_count"]
        return said | ({"is_urgent": "on"} if self.is_one_of("urgent") else {})


def callers(count: int) -> Iterator[Caller]:
    """Two a day; nobody whose petition is sealed, and nobody who would have filed it himself on the web."""
    told = list(islice((filled for filled in read(COUNTY).petitions(seed=SEED) if _comes_in_person(filled)), count))
    for n in range(count):
        repeats = n % EVERY_SO_MANY == EVERY_SO_MANY - 1
        who = n - n % EVERY_SO_MANY if repeats else n
        comes = FIRST_MORNING + timedelta(days=who // 2, minutes=37 * who % 400)
        yield Caller(who, told[who], comes + UNTIL_ANSWERED if repeats else comes, repeats)


def _comes_in_person(filled: Filled) -> bool:
    return filled.purpose != Purpose.ACCUSE and filled.channel != Channel.ONLINE


@dataclass(frozen=True)
class Slip:
    """What the petitioner takes home."""

    number: str
    query_code: str
    act_secret: str


def register(caller: Caller, desks: Desks, by: Officer) -> Slip:
    desk = desks.of(by, caller.comes)
    begun = {Channel.VISIT: _received, Channel.LETTER: _opened}.get(caller.filled.channel, _at_once)
    begun(caller, desks, desk)
    desk.fill(**caller.entries())
    desks.press(desk, "登记，出登记回执")
    assert desk.text("code"), desk.text("error")
    return Slip(*desk.text("code"))


def _received(caller: Caller, desks: Desks, desk: Visitor) -> None:
    desk.follow("接访")
    desk.fill(channel=str(caller.filled.channel.label), received_at=caller.received_at)
    desks.press(desk, "记下收到时间，接着登记")


def _opened(caller: Caller, desks: Desks, desk: Visitor) -> None:
    desk.follow("来信")
    desk.fill(barcode=f"LX2025{caller.n:06}{'R' if caller.repeats else ''}")
    desk.press("继续")
    desk.fill(received_at=caller.received_at, place="3号柜", sheets="2")
    desks.press(desk, "收下这封信")
    assert desk.sees("已拆封收存"), desk.text("error")
    desk.follow(f"登记：{timezone.localtime(caller.comes):%Y-%m-%d %H:%M}")


def _at_once(caller: Caller, desks: Desks, desk: Visitor) -> None:
    desk.follow("登记")
    desk.fill(channel=str(caller.filled.channel.label), received_at=caller.received_at)
