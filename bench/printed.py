"""`python -m bench.printed`: papers laid out, a batch printed, acts with and without their papers; printed as JSON."""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
if __name__ == "__main__":
    django.setup()

from django.db import transaction
from django.utils import timezone, translation

from bench import county as counties
from bench.lives import STEPS, Life
from bench.writers import script
from xinfang.documents import actions, papers, printing
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import road
from xinfang.petitions.codes import AssignmentKind

# Of the ordinary road, those that freeze one paper or two.
WITH_A_PAPER = ("register", "propose", "dispatch", "accept", "issue_opinion", "deliver")
FOUND = "经现场核实，小区屋顶防水层老化属实，去年十一月物业公司曾组织维修，因施工质量不合格再次渗漏，涉及顶层住户四户。"


def _life(county: counties.County, dice: random.Random) -> Life:
    """An ordinary letter, assigned: the longest road."""
    return Life(county, script(county, dice, AssignmentKind.ASSIGN))


def letters(count: int, county: counties.County) -> list[tuple[Paper, bytes]]:
    """Opinions of two pages, no two alike, frozen and not laid out."""
    life = _life(county, random.Random(1)).lead(until="register")
    frozen = []
    with transaction.atomic():
        for n in range(count):
            demand = {"basis": "《物业管理条例》第三十五条", "result": "支持", "demand": f"修好第{n}号楼的屋顶"}
            data = {
                "to": f"王某{n}",
                "number": life.petition.number,
                "received": "2026-06-15 收到，2026-06-17 受理。",
                "answers": [{"n": k, **demand, "finding": f"第{n}户：{FOUND * 3}"} for k in (1, 2)],
                "remedy": "对本意见不服的，可自收到本意见书之日起30日内向临潼区人民政府申请复查。",
                "organ": county.bureau.name,
            }
            subject, key = ("petition", life.petition.pk), life.petition.key
            at = timezone.now()
            kind = PaperKind.HANDLING_OPINION
            frozen.append((papers.freeze(kind, unit=county.bureau, subject=subject, data=data, key=key, at=at), key))
    return frozen


def laid_out(frozen: list[tuple[Paper, bytes]]) -> list[float]:
    """Milliseconds each, as the worker does it: set, sealed into the store, recorded, committed."""
    spent = []
    for paper, key in frozen:
        begun = time.perf_counter()
        rendering = printing.rendering_of(paper, key=key, at=timezone.now())
        spent.append(1000 * (time.perf_counter() - begun))
        assert rendering.pages == 2
    return spent


def batch(frozen: list[tuple[Paper, bytes]], county: counties.County) -> float:
    """Seconds until so many letters, none of them laid out yet, are one PDF, each with its entry."""
    by = county.desk(Duty.DISPATCHER)
    begun = time.perf_counter()
    printing.joined(_sheets(frozen, by))
    return time.perf_counter() - begun


def _sheets(frozen: list[tuple[Paper, bytes]], by: Officer) -> Iterator[bytes]:
    for paper, key in frozen:
        rendering = printing.rendering_of(paper, key=key, at=timezone.now())
        copy = actions.print_paper(rendering, ground="", by=by, at=timezone.now())
        yield printing.sheet_of(paper, rendering, copy=copy, key=key, at=timezone.now())


@contextmanager
def without_papers() -> Iterator[None]:
    """The same acts, freezing nothing."""
    real = road.issue
    road.issue = lambda *_args, **_writers: []
    try:
        yield
    finally:
        road.issue = real


def overhead(county: counties.County, lives: int) -> tuple[float, float]:
    """An act with its papers by the same act without, life by life in turn: by the clock, commit and all, and by CPU."""
    wall: dict[bool, list[float]] = {True: [], False: []}
    cpu: dict[bool, list[float]] = {True: [], False: []}
    dice = random.Random(2)
    for n in range(2 * lives):
        has_papers = n % 2 == 0
        life = _life(county, dice)
        if has_papers:
            spent = _led(life)
        else:
            with without_papers():
                spent = _led(life)
        wall[has_papers].append(spent[0])
        cpu[has_papers].append(spent[1])
    ratios = [statistics.median(by[True]) / statistics.median(by[False]) for by in (wall, cpu)]
    return ratios[0], ratios[1]


def _led(life: Life) -> tuple[float, float]:
    """What the acts that have papers took, of a life led to its delivery."""
    wall = cpu = 0.0
    for step in STEPS[: STEPS.index("deliver") + 1]:
        _come_anew(life.county)
        begun, used = time.perf_counter(), time.process_time()
        life.take(step)
        if step in WITH_A_PAPER:
            wall += time.perf_counter() - begun
            cpu += time.process_time() - used
    return wall, cpu


def _come_anew(county: counties.County) -> None:
    """Each act is a request's, which loads its own officer: his seats are asked for in the act."""
    for officer in county.officers.values():
        officer.__dict__.pop("seats", None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, required=True)
    parser.add_argument("--lives", type=int, required=True)
    chosen = parser.parse_args()
    county = counties.read()
    with translation.override("zh-hans"):
        spent = laid_out(letters(chosen.letters, county))
        seconds = batch(letters(chosen.letters, county), county)
        wall, cpu = overhead(county, chosen.lives)
    p95 = statistics.quantiles(spent, n=20)[-1]
    found = {"p50": statistics.median(spent), "p95": p95, "batch": seconds, "wall": wall, "cpu": cpu}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
