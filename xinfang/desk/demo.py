"""演示数据: a county at work for `xinfang demo`, all of it invented. Made once, through the verbs; later starts find it."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from xinfang.organizations.actions import officers
from xinfang.organizations.models import Duty, Officer, Post, Tenure, Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.petitions.play import parts
from xinfang.petitions.play.casting import Casting
from xinfang.petitions.play.company import Company
from xinfang.petitions.play.life import Stage
from xinfang.trace import sequencer

PASSWORD = "lishan-yanshi-2026"  # noqa: S105  # public, for this machine only
STREETS, DEPARTMENTS = 3, 4
FINISHED = "demo-is-there"


def prepare(*, at: datetime, say: Callable[[str], object]) -> None:
    """Every step finds what an interrupted start has left, and goes on."""
    if (finished := Path(settings.HOME, FINISHED)).exists():
        return
    say("正在建立演示数据，只有第一次需要，约半分钟。")
    if not Unit.objects.exists():
        call_command("load_county", settings.BASE_DIR / "counties" / "lintong", stdout=StringIO())
    company = Company(at=at)
    for post in posts(at):
        company.one(post.unit, Duty(post.duty))
    say("人员已就位，正在登记和办理信访件……")
    parts.live(Stage(company, Casting(among=tuple(leading(at))), at))
    say("正在设置密码……")
    _give_passwords(at)
    sequencer.place_all()
    finished.touch()


def leading(at: datetime) -> list[Unit]:
    """The few units among which the work is spread, so that a visitor can take up any of it."""
    units = list(open_units(timezone.localdate(at)))
    streets = [unit for unit in units if unit.kind == UnitKind.STREET]
    departments = [unit for unit in units if unit.kind == UnitKind.DEPT]
    asked = [unit for office in parts.asked_of() for unit in departments if office in unit.name]
    return [*streets[:STREETS], *list(dict.fromkeys(asked))[:DEPARTMENTS]]


def posts(at: datetime) -> list[Post]:
    """Those with a holder: all of the bureau, of the discipline organ and of the leading units, and the leaders'."""
    chosen = Q(unit__kind__in=[UnitKind.BUREAU, UnitKind.DISCIPLINE]) | Q(unit__in=leading(at)) | Q(duty=Duty.LEADER)
    return list(Post.objects.filter(chosen).select_related("unit").order_by("unit__kind", "unit__serial", "pk"))


def _give_passwords(at: datetime) -> None:
    """Hashed lightly in this process: the password is public, and the first sign-in hashes it again."""
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    for officer in Officer.objects.order_by("pk"):
        if not officer.has_usable_password():
            officers.set_password(officer, raw=PASSWORD, by=officer, at=at)


def card(port: int, *, at: datetime) -> str:
    """What a visitor needs: where, who, and how it ends."""
    petition = parts.one_to_follow()
    base = f"http://127.0.0.1:{port}"
    return "\n".join(
        [
            "",
            "临潼区信访系统　演示数据：人和事全部虚构，密码公开，只能在本机使用。",
            f"  办公大厅　{base}/desk/",
            f"  查询网站　{base}/　　　例如编号 {petition.number}，查询码 {petition.query_code}",
            f"  所有账号的密码　{PASSWORD}",
            "",
            *(
                f"  {tenure.officer.username:<28}{tenure.post.unit.short_name}　{tenure.post.name}"
                for tenure in _held(at)
            ),
            "",
            "  停止：Ctrl-C。清除演示数据：.venv/bin/xinfang demo --reset，再次启动时重新建立。",
            "",
        ]
    )


def _held(at: datetime) -> list[Tenure]:
    """Who holds the posts, one account for each."""
    order = {post.pk: n for n, post in enumerate(posts(at))}
    tenures = Tenure.objects.filter(post__in=order).select_related("officer", "post__unit").order_by("-pk")
    return sorted({tenure.post_id: tenure for tenure in tenures}.values(), key=lambda tenure: order[tenure.post_id])
