"""The county of the journeys: its real folder, and eight officers with passwords. They and everyone else here are invented."""

from datetime import date, datetime
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from xinfang.organizations.actions import officers, tenures
from xinfang.organizations.models import Duty, Post
from xinfang.trace.acts import Hand

COUNTY = Path(__file__).resolve().parents[2] / "counties" / "lintong"
BUREAU, STREET = "区信访局", "骊山街道"
HAND = Hand.system("journey")
SINCE = date(2024, 1, 2)
PASSWORD = "xinghua-chunyu-jiangnan"

# Name to sign in with: the name, the office, the duty.
OFFICERS = {
    "zhaomin": ("赵敏", BUREAU, Duty.REGISTRAR),
    "qianlixin": ("钱立新", BUREAU, Duty.DISPATCHER),
    "sunweiguo": ("孙卫国", BUREAU, Duty.BUREAU_HEAD),
    "wujing": ("吴静", BUREAU, Duty.SUPERVISOR),
    "zhenghai": ("郑海", BUREAU, Duty.ARCHIVIST),
    "heping": ("何萍", BUREAU, Duty.REVIEW_OFFICE),
    "lihongmei": ("李红梅", STREET, Duty.CASE_HANDLER),
    "zhoujianshe": ("周建设", STREET, Duty.UNIT_HEAD),
}


def settle(*, at: datetime) -> None:
    """Units, working calendar and categories from the county's folder; then the eight take their posts."""
    call_command("load_county", COUNTY, stdout=StringIO())
    for username, (name, office, duty) in OFFICERS.items():
        post = Post.objects.select_related("unit").get(unit__short_name=office, duty=duty)
        officer = officers.enrol(username=username, name=name, by=HAND, at=at)
        tenures.begin(post, officer=officer, since=SINCE, by=HAND, at=at)
        officers.set_password(officer, raw=PASSWORD, by=officer, at=at)


class Clock:
    """The county's time in a journey, for `django.utils.timezone.now`. It stands still until it is set."""

    def __init__(self, at: str) -> None:
        self.set(at)

    def set(self, at: str) -> None:
        """2026-03-09 09:05, as the clock on the wall shows it."""
        self.at = timezone.make_aware(datetime.fromisoformat(at))

    def __call__(self) -> datetime:
        return self.at
