"""`python -m bench.writers`: how many lives a second in the database at hand, printed as JSON for `bench.lifecycle`.

Writers are processes, as in production, and a worker places the entries meanwhile.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
if __name__ == "__main__":
    django.setup()

from django.db import connections
from django.utils import timezone

from bench import county, words
from bench.county import County
from bench.figures import note
from bench.lives import STEPS, Life, Script
from bench.skeleton import Skeleton
from xinfang.organizations.models import Duty
from xinfang.petitions import queries
from xinfang.petitions.codes import AssignmentKind, Channel, PersonRole, Purpose
from xinfang.petitions.intake import Intake, Person
from xinfang.trace.models import Waiting

PATIENCE = 600
CHANNELS = (Channel.LETTER, Channel.ONLINE, Channel.PHONE, Channel.LEADER_MAILBOX, Channel.FAX, Channel.VIDEO)
AGO = timedelta(days=130)
POPULATION = 700_000
SHORT_ROAD = tuple(step for step in STEPS[: STEPS.index("deliver") + 1] if step != "log_work")
One = Callable[[County, random.Random], Any]


def script(here: County, dice: random.Random, way: AssignmentKind) -> Script:
    """An ordinary letter: one person, two demands, some unit."""
    begun = timezone.localtime(timezone.now() - AGO - timedelta(days=dice.randrange(60)))
    received = begun.replace(hour=9, minute=dice.randrange(60), second=dice.randrange(60))
    unit = dice.choice(here.units)
    return Script(
        Intake(
            channel=dice.choice(CHANNELS),
            purpose=Purpose.CLAIM,
            received_at=received,
            petition_date=received.date(),
            title=words.title(dice),
            text=words.story(dice),
            demands=words.DEMANDS[:2],
            division=dice.choice(here.divisions),
            category=dice.choice(here.categories),
            people=(Person(words.person(dice.randrange(POPULATION)), PersonRole.LEAD),),
        ),
        way,
        here.bureau,
        unit,
    )


def life(here: County, dice: random.Random) -> None:
    """From register to archive, every move of the ordinary road."""
    Life(here, script(here, dice, AssignmentKind.ASSIGN)).lead()


def skeleton(here: County, dice: random.Random) -> None:
    """The same road in bare Django."""
    Skeleton(here, script(here, dice, AssignmentKind.ASSIGN)).lead()


def short_road(here: County, dice: random.Random) -> None:
    """Register, assign, resolve, search: every act that our law makes of these four, and none that it leaves free.

    Register: 登记. Assign: 判重, 拟办, 转送. Resolve: 签收, 受理告知, 承办, 拟写 and 出具 the opinion, 送达, which also ends
    the unit's work (结束承办) and the petition (办结). Search: by its number, among what a dispatcher may see.
    Twelve entries in ten transactions, each waited for until it is on the disk.
    """
    road = Life(here, script(here, dice, AssignmentKind.TRANSFER))
    for step in SHORT_ROAD:
        road.take(step)
    found = queries.numbered(road.petition.number, here.desk(Duty.DISPATCHER))
    assert found.closed_at, found


KINDS: dict[str, One] = {"life": life, "skeleton": skeleton, "short_road": short_road}


def rate(here: County, kind: str, writers: int, seconds: float) -> tuple[float, float]:
    """Each writer does whole lives until the time is over; the rates add up. And the CPU-ms of one, without the database's."""
    connections.close_all()  # a fork must not inherit one
    context = get_context("fork")
    gate, told = context.Barrier(writers), context.SimpleQueue()
    team = [
        context.Process(target=_write, args=(here, KINDS[kind], f"{kind}{n}:{time.time_ns()}", seconds, gate, told))
        for n in range(writers)
    ]
    for writer in team:
        writer.start()
    each = [told.get() for _ in team]
    for writer in team:
        writer.join()
    if any(writer.exitcode for writer in team):
        sys.exit("A writer failed.")
    done = sum(count for count, _, _ in each)
    return sum(count / spent for count, spent, _ in each), sum(cpu for _, _, cpu in each) / max(done, 1) * 1000


def _write(here: County, one: One, seed: str, seconds: float, gate: Any, told: Any) -> None:
    done, began, cpu, dice = 0, time.monotonic(), 0.0, random.Random(seed)
    try:
        one(here, dice)  # connections, caches
        gate.wait(PATIENCE)
        began, cpu = time.monotonic(), time.process_time()
        while time.monotonic() - began < seconds:
            one(here, dice)
            done += 1
    finally:
        told.put((done, time.monotonic() - began, time.process_time() - cpu))


@contextmanager
def worker() -> Iterator[None]:
    """The background process of the same installation."""
    process = subprocess.Popen([sys.executable, "-m", "xinfang", "worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def settle() -> None:
    """Until every entry has its place, so that no measurement pays for the one before."""
    until = time.monotonic() + PATIENCE
    while Waiting.objects.exists() and time.monotonic() < until:
        time.sleep(0.1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--writers", type=int, nargs="+", required=True)
    chosen = parser.parse_args()
    here = county.read()
    rates: dict[str, list[float]] = {}
    with worker():
        settle()
        for _ in range(chosen.rounds):
            for writers in chosen.writers:
                for kind in KINDS:
                    found, cpu = rate(here, kind, writers, chosen.seconds)
                    note(f"{kind}, {writers} writers: {found:.1f}/s, {cpu:.1f} CPU-ms each")
                    rates.setdefault(f"{kind}:{writers}", []).append(found)
                    settle()
    print(json.dumps({name: sum(found) / len(found) for name, found in rates.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
