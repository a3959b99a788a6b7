"""Scenarios of an objection, over the pages and day by day: five working days across a holiday, and another unit in its place."""

from collections.abc import Callable

import pytest

from tests.journeys import town
from tests.journeys.life import Life
from tests.journeys.roads import registered, take
from tests.journeys.town import HAND, OFFICERS, PASSWORD, SINCE
from xinfang.organizations.actions import officers, tenures
from xinfang.organizations.models import Duty, Post
from xinfang.petitions.models import Assignment

HOUSING, FARMING, LAND = "区住建局", "区农业农村局", "资源规划临潼分局"
FULL = {HOUSING: "临潼区住房和城乡建设局", FARMING: "临潼区农业农村局", LAND: "西安市自然资源和规划局临潼分局"}
Seat = Callable[[str, str, str, Duty], None]


@pytest.fixture
def seat(life: Life, monkeypatch: pytest.MonkeyPatch) -> Seat:
    """Another officer takes his post in the town."""

    def take_post(username: str, name: str, office: str, duty: Duty) -> None:
        at = life.clock()
        post = Post.objects.select_related("unit").get(unit__short_name=office, duty=duty)
        officer = officers.enrol(username=username, name=name, by=HAND, at=at)
        tenures.begin(post, officer=officer, since=SINCE, by=HAND, at=at)
        officers.set_password(officer, raw=PASSWORD, by=officer, at=at)
        monkeypatch.setitem(OFFICERS, username, (name, office, duty))

    assert town.OFFICERS is OFFICERS
    return take_post


def transferred(life: Life, unit: str, at: str) -> None:
    """By the dispatcher, at this moment."""
    with life.at_petition("qianlixin", at) as desk:
        desk.follow("拟办")
        desk.fill(kind="申诉求决", way="转送", lead_unit=FULL[unit], opinion="属其职责。")
        desk.press("拟办")
        assert desk.sees("已办理：拟办。"), desk.text("error")
        take(desk, "转送")


OBJECTION = {"reason": "属人社局职责。", "basis": "权责清单"}


@pytest.mark.parametrize("is_in_time", [True, False])
def test_s01_five_working_days_across_national_day(life: Life, seat: Seat, is_in_time: bool) -> None:
    """S1 异议期跨国庆: 10-08, 09, 10 (a Saturday that is worked), 12, 13; the day of notice stays 10-15."""
    seat("gaofei", "高飞", HOUSING, Duty.CASE_HANDLER)
    seat("luoming", "罗明", HOUSING, Duty.UNIT_HEAD)
    registered(
        life, "2026-09-30 09:00", channel="手机微信", title="反映工地拖欠工资", category="拖欠工资（农民工工资）"
    )
    transferred(life, HOUSING, "2026-09-30 10:20")
    with life.at_petition("gaofei", "2026-09-30 15:00") as desk:
        take(desk, "签收")
        assert not desk.offers("提出异议")  # its head says so
    with life.at_petition("luoming", "2026-10-08 09:00") as desk:
        assert desk.sees("到 2026-10-13 为止，逾期视为认可。")
    if is_in_time:
        with life.at_petition("luoming", "2026-10-13 17:40") as desk:
            take(desk, "提出异议", **OBJECTION)
    else:
        with life.at_petition("luoming", "2026-10-13 23:50") as desk:
            desk.follow("提出异议")
            desk.fill(**OBJECTION)
            life.clock.set("2026-10-14 00:05")  # the form lay open over midnight
            desk.press("提出异议")
            assert desk.sees("异议期已过")
            assert not desk.sees("已办理：提出异议。")
        with life.at_petition("luoming", "2026-10-14 09:00") as desk:
            assert not desk.offers("提出异议")
    assignment = Assignment.objects.get()
    assert assignment.status == ("objected" if is_in_time else "signed")
    assert assignment.notice_due.isoformat() == "2026-10-15"
    with life.at_petition("luoming", "2026-10-14 10:00") as desk:
        assert desk.sees("2026-10-15")


def test_s04_an_objection_that_holds_and_the_day_of_notice_that_stays(life: Life, seat: Seat) -> None:
    """S4 异议成立，改派，告知期不顺延."""
    seat("tanglei", "唐磊", FARMING, Duty.CASE_HANDLER)
    seat("hejun", "贺军", FARMING, Duty.UNIT_HEAD)
    seat("fanli", "范丽", LAND, Duty.CASE_HANDLER)
    registered(life, "2026-06-18 09:00")
    transferred(life, FARMING, "2026-06-18 10:00")
    with life.at_petition("tanglei", "2026-06-18 15:00") as desk:
        take(desk, "签收")
        assert desk.sees("2026-07-03")
    with life.at_petition("hejun", "2026-06-23 09:00") as desk:
        said = {"reason": "耕地界址由自然资源部门确定。", "basis": "“三定”规定"}
        take(desk, "提出异议", suggested_unit=FULL[LAND], **said)
    life.petitioner_reads("临潼区农业农村局认为不属于自己的职权", "2026年7月3日", at="2026-06-23 20:00")
    with life.at_petition("qianlixin", "2026-06-24 09:00") as desk:
        desk.follow("同意退回")
        assert desk.sees("耕地界址由自然资源部门确定。")
        desk.fill(answer="属实。")
        desk.press("同意退回")
        assert desk.sees("已办理：同意退回。")
    with life.at_petition("qianlixin", "2026-06-24 09:30") as desk:
        assert desk.sees("2026-07-03")
        desk.follow("改派")
        assert desk.value("unit") == "6101150000000046299"  # the unit that was named, for him to look at
        desk.fill(reason="其职责。")
        desk.press("改派")
        assert desk.sees("已办理：改派。"), desk.text("error")
        assert desk.sees("无人承办的天数")
    first, second = Assignment.objects.order_by("id")
    assert (first.status, first.notice_due.isoformat()) == ("returned", "2026-07-03")
    assert second.notice_due.isoformat() == "2026-07-09"
    with life.at_petition("fanli", "2026-06-24 10:00") as desk:
        take(desk, "签收")
        assert desk.sees("2026-07-09")
    with life.at_desk("qianlixin", "2026-06-24 11:00") as desk:
        desk.open("/desk/rounds/notices/")  # it is still the bureau's to tell him of the change
        assert desk.page.text_content().count("去向告知书") >= 2
        assert desk.sees("2026-07-03")
    life.petitioner_reads("西安市自然资源和规划局临潼分局", at="2026-06-24 20:00")
