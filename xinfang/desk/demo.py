"""演示数据: a county at work for `xinfang demo`, all of it invented. Made once, through the verbs; later starts find it."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command
from django.db import connection

from xinfang.desk import roles
from xinfang.desk.demo_lives import crowd, heroes, loading, news, receptions, shelves
from xinfang.desk.demo_lives.heroes import Land
from xinfang.desk.demo_lives.keys import hero_petition
from xinfang.desk.demo_texts import DemoTexts, read
from xinfang.organizations import county
from xinfang.organizations.actions import counties, officers
from xinfang.organizations.county import DivisionLine
from xinfang.organizations.models import Division, DivisionKind, Duty, Officer, Post, Unit
from xinfang.petitions.play.company import HAND, Company
from xinfang.trace import sequencer

PASSWORD = "lishan-yanshi-2026"  # noqa: S105  # public, for this machine only
FIRST, ALL = 300, 2000
FINISHED = "demo-is-there"
FOLDER = settings.BASE_DIR / "counties" / "lintong"


@cache
def texts() -> DemoTexts:
    return read(FOLDER)


def prepare(*, at: datetime, say: Callable[[str], object]) -> None:
    """Every step finds what an interrupted start has left, and goes on."""
    if (finished := Path(settings.HOME, FINISHED)).exists():
        return
    say("正在建立演示数据，只有第一次需要，一分钟左右。")
    _hasten("OFF")
    at = loading.began(at)
    _settle(at)
    land = Land(Company(at=at), at)
    _enrol(land)
    receptions.tell(land)
    say("人员已就位，正在登记和办理信访件……")
    for hero in texts().heroes:
        heroes.tell(hero, land)
    _first_of_the_crowd(land)
    shelves.tell(land)
    news.tell(land, FOLDER)
    say("正在设置密码……")
    _give_passwords(at)
    sequencer.place_all()
    finished.touch()


def _hasten(synchronous: str) -> None:
    """No commit of these waits for the disk. OFF: what a power cut spoils is made again from nothing. NORMAL, beside the
    acts of visitors: it takes the last moments at most.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={synchronous}")


def _settle(at: datetime) -> None:
    """The county of the files, and its invented villages."""
    if not Unit.objects.exists():
        call_command("load_county", FOLDER, stdout=StringIO())
    if not Division.objects.filter(kind=DivisionKind.VILLAGE).exists():
        land = county.read(FOLDER)
        counties.load(replace(land, divisions=(*land.divisions, *_villages())), by=HAND, at=at)


def _villages() -> list[DivisionLine]:
    with (FOLDER / "demo" / "villages.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        return [DivisionLine(n, r["code"], r["name"], DivisionKind.VILLAGE, r["parent"]) for n, r in enumerate(rows, 2)]


def _enrol(land: Land) -> None:
    """Someone in every post of the county, so that any unit can be given work."""
    for post in Post.objects.select_related("unit").order_by("pk"):
        land.company.one(post.unit, Duty(post.duty))


def _first_of_the_crowd(land: Land) -> None:
    for n, member in enumerate(crowd.members(texts(), first=FIRST, count=FIRST), start=1):
        crowd.live(member, texts(), land)
        loading.note(n, ALL)


def load_rest(*, at: datetime) -> None:
    """What the child process of a demonstration does."""
    _hasten("NORMAL")
    at = loading.began(at)
    members = crowd.members(texts(), first=FIRST, count=ALL)
    loading.load(members, texts(), Land(Company(at=at), at))


def _give_passwords(at: datetime) -> None:
    """Hashed lightly in this process: the password is public, and the first sign-in hashes it again."""
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    for officer in Officer.objects.order_by("pk"):
        if not officer.has_usable_password():
            officers.set_password(officer, raw=PASSWORD, by=officer, at=at)


def card(port: int) -> str:
    """What a visitor needs: where, who, and how it ends."""
    petition = hero_petition("roof")
    assert petition is not None
    base = f"http://127.0.0.1:{port}"
    return "\n".join(
        [
            "",
            "临潼区信访系统　演示数据：人和事全部虚构，密码公开，只能在本机使用。",
            f"  办公大厅　{base}/desk/　　　打开后选一个岗位就能进去",
            f"  导览　　　{base}/desk/tour/1/　　一件信访件，八站",
            f"  查询网站　{base}/　　　例如编号 {petition.number}，查询码 {petition.query_code}",
            f"  所有账号的密码　{PASSWORD}",
            "",
            *(f"  {one.officer.username:<28}{one.unit}　{one.post}" for one in roles.seated()),
            "",
            "  其余的件在后台陆续装入，有人点击时暂停，页面上方有进度。",
            "  停止：Ctrl-C。清除演示数据：.venv/bin/xinfang demo --reset，再次启动时重新建立。",
            "",
        ]
    )
