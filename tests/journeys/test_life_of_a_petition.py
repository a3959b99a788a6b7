"""One petition's life over HTTP, from reception to archive. docs/life-of-a-petition.md tells it under the same headings.

王桂兰 is seventy-two, lives on the top floor, and it rains into her kitchen. She and everyone else are invented.
"""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from tests.files.samples import MAKER, jpeg
from tests.journeys.life import Life, Step, heading
from tests.journeys.town import Clock, settle
from tests.journeys.visitor import Upload
from xinfang.petitions.models import Petition
from xinfang.trace.verify import verify

MORNING = "2026-03-09 09:05"
PHOTO = Upload("IMG_20260308_厨房.jpg", "image/jpeg", jpeg())
PHONE = "13800000000"


def reception(life: Life) -> None:
    """接访 Reception."""
    with life.at_desk("zhaomin", MORNING) as desk:
        desk.follow("接访")
        desk.fill(channel="来访", received_at="2026-03-09T09:00")
        desk.picture("receive")
        desk.press("记下收到时间，接着登记")
        assert desk.sees("临潼区信访局于 2026-03-09 09:00 收到，来访。这三项不能更改。")


def registration(life: Life) -> None:
    """登记 Registration."""
    with life.at_desk("zhaomin", "2026-03-09 09:20") as desk:
        desk.follow("接访中，待登记")
        desk.fill(
            lead_name="王桂兰",
            lead_id_no="610115195401010004",
            lead_phone=PHONE,
            lead_address="骊山街道某小区3号楼6层",
            persons_present="1",
            title="反映屋顶漏水无人维修",
            text="我今年72岁，住顶楼。去年入冬以后屋顶漏水，厨房的柜子泡坏了，找物业三次，都说没有钱修。",
            summary="2025年冬起，骊山街道某小区3号楼顶层漏水，物业三次答复无钱维修，要求修好并赔偿。",
            demands="修好屋顶，不再漏水\n赔偿泡坏的柜子",
            purpose="求决",
            category="物业服务",
            division="骊山街道",
            place="某小区3号楼6层",
            attachments=PHOTO,
        )
        desk.picture("register")
        desk.press("登记，出登记回执")
        life.number, life.query_code, life.act_secret = desk.text("code")
        desk.picture("slip")
        desk.open(desk.address)
        assert desk.text("code") == [life.number]
        desk.follow("看信访件")
        desk.follow("信访事项登记表")
        assert desk.sees(life.query_code)
        assert not desk.sees(life.act_secret)
    life.petitioner_reads("已登记，正在判明由哪个单位办理。", "2026年3月24日", at="2026-03-09 12:30")


def duplicate_check(life: Life) -> None:
    """判重 Duplicate check."""
    with life.at_petition("zhaomin", "2026-03-09 15:10") as desk:
        assert not desk.offers("拟办")
        desk.follow("判重")
        assert desk.sees("没有查到同一证件号码、电话或者姓名的其他信访件。仍由您判定。")
        desk.fill(outcome="初件", reason="按证件号码、电话、姓名查找，没有同人同事的件。")
        desk.picture("check_duplicate")
        desk.press("判重")
        assert desk.sees("已办理：判重。")
    life.petitioner_reads("已登记，正在判明由哪个单位办理。", at="2026-03-09 20:00")


def proposal(life: Life) -> None:
    """拟办 Proposal."""
    with life.at_petition("qianlixin", "2026-03-10 09:30") as desk:
        desk.follow("拟办")
        desk.fill(
            kind="申诉求决",
            way="交办",
            lead_unit="骊山街道办事处",
            opinion="房屋共用部位维修，属街道物业管理职责。信访人年事已高，建议交办并限期报送结果。",
        )
        desk.picture("propose")
        desk.press("拟办")
        assert desk.sees("已办理：拟办。")
        desk.follow("拟办单")
        assert desk.sees("骊山街道办事处")
    life.petitioner_reads("已登记，正在确定由哪个单位办理。", at="2026-03-10 12:00")


def approval(life: Life) -> None:
    """批办 Approval."""
    with life.at_petition("qianlixin", "2026-03-10 14:00") as desk:
        assert not desk.offers("交办")
    with life.at_petition("sunweiguo", "2026-03-10 16:00") as desk:
        desk.follow("批办")
        assert desk.sees("建议交办并限期报送结果。")
        desk.fill(note="同意。请骊山街道先设法止漏。")
        desk.picture("approve")
        desk.press("批办")
        assert desk.sees("已办理：批办。")
    life.petitioner_reads("已登记，正在确定由哪个单位办理。", "2026年3月24日", at="2026-03-10 20:00")


def assignment(life: Life) -> None:
    """交办 Assignment."""
    with life.at_petition("qianlixin", "2026-03-11 08:50") as desk:
        desk.follow("交办")
        desk.fill(requirement="请先止漏，查明责任，逐项答复信访人，按期报送办结报告。", feedback_due="2026-05-08")
        desk.picture("assign")
        desk.press("交办")
        page = desk.address
        desk.follow("交办函")
        assert desk.sees("临信访字〔2026〕交办 1 号")
        assert desk.sees("2026-03-18")
        desk.open(page)
        desk.follow("去向告知书")
        assert desk.sees("承办单位将在 2026-03-26 前书面告知接收情况、处理途径和程序。")


def looking_it_up(life: Life) -> None:
    """查询 Looking it up."""
    with life.at_home("2026-03-11 19:30") as screen:
        assert screen.sees("已交骊山街道办事处办理，等待该单位签收。")
        assert screen.sees("2026年3月26日")
        assert not screen.sees("王桂兰")
        screen.picture("query")
        screen.follow("我要查询")
        screen.fill(number=life.number, query_code="AAAAAAAAAA")
        screen.press("查询")
        assert screen.sees("没有查到。请核对编号和查询码，字母不分大小写。")


def signing_for(life: Life) -> None:
    """签收 Signing for it."""
    with life.at_petition("zhoujianshe", "2026-03-12 09:00") as head:
        head.follow("签收")
        with life.at_desk("lihongmei", "2026-03-12 09:10") as desk:
            desk.picture("worklist")
            desk.follow(life.number)
            desk.follow("签收")
            desk.press("签收")
            assert desk.sees("已办理：签收。")
            assert desk.press_again().says("这份表单已经提交过，没有重复办理。")
        head.press("签收")
        assert head.status == 422
        assert head.sees("最近一次办理：骊山街道办事处 承办人于 2026-03-12 09:10“签收”。")
    life.petitioner_reads("骊山街道办事处已签收，正在决定是否受理。", at="2026-03-12 20:00")


def acceptance(life: Life) -> None:
    """受理告知 Acceptance."""
    with life.at_petition("lihongmei", "2026-03-16 10:00") as desk:
        desk.follow("受理告知")
        desk.picture("accept")
        desk.press("受理告知")
        desk.follow("受理告知书")
        assert desk.sees("2026-05-15")
    life.petitioner_reads("骊山街道办事处已受理。", "2026年5月15日", at="2026-03-17 08:00")


def handling(life: Life) -> None:
    """承办 Handling."""
    with life.at_petition("lihongmei", "2026-03-18 09:00") as desk:
        assert desk.sees(PHONE)
        desk.follow("承办")
        desk.fill(text="打电话给信访人，听她说了漏水的经过，约定3月20日上门看现场。")
        desk.press("承办")
        _read_the_photo(life)
    with life.at_petition("lihongmei", "2026-03-20 16:00") as desk:
        desk.follow("办理记录")
        desk.fill(kind="实地走访", happened_at="2026-03-20T10:00", text="会同物业上楼顶查看：女儿墙根防水层老化开裂。")
        desk.press("记下")
        desk.picture("handle", of="section[aria-labelledby=work]")
    life.petitioner_reads("骊山街道办事处正在办理。", at="2026-03-20 19:00")


def _read_the_photo(life: Life) -> None:
    """The unit reads a copy that tells nothing of the telephone it was taken with; the bureau keeps what was handed in."""
    with life.at_petition("lihongmei", "2026-03-18 09:30") as desk:
        copy = desk.link("材料1")
        assert desk.fetch(copy).content.startswith(b"\xff\xd8")
        assert MAKER not in desk.fetch(copy).content
        assert desk.fetch(f"{copy}?original=1").status == 404
        assert not desk.offers("信访事项登记表")
    with life.at_desk("zhaomin", "2026-03-18 10:00") as desk:
        life.find(desk)
        assert desk.fetch(desk.link("原件：材料1")).content == PHOTO.content


def drafting_the_opinion(life: Life) -> None:
    """拟写处理意见 Drafting the opinion."""
    with life.at_petition("lihongmei", "2026-04-07 15:00") as desk:
        desk.follow("拟写处理意见")
        desk.fill(
            finding_1="楼顶防水层老化开裂，属共用部位，已用维修资金重做防水，4月3日雨后复查不漏。",
            basis_1="《物业管理条例》第五十三条、第五十五条",
            result_1="支持",
            finding_2="柜子受潮变形属实，物业公司同意照价赔偿800元，已签字。",
            basis_2="《物业管理条例》第三十五条",
            result_2="支持",
            remedy_organ="临潼区人民政府",
        )
        desk.picture("draft_opinion")
        desk.press("拟写处理意见")
        assert desk.sees("已办理：拟写处理意见。")
    life.petitioner_reads("骊山街道办事处正在办理。", "2026年5月15日", at="2026-04-07 20:00")


def issuing_the_opinion(life: Life) -> None:
    """出具处理意见 Issuing the opinion."""
    with life.at_petition("zhoujianshe", "2026-04-09 11:00") as desk:
        desk.follow("出具处理意见")
        assert desk.sees("4月3日雨后复查不漏。")
        desk.press("出具处理意见")
        desk.follow("信访事项处理意见书")
        assert desk.sees("可自收到本意见书之日起30日内向临潼区人民政府申请复查。")
        desk.picture("issue_opinion")
    life.petitioner_reads("骊山街道办事处已出具处理意见书，正在送达。", at="2026-04-09 18:00")


def delivery(life: Life) -> None:
    """送达 Delivery."""
    with life.at_petition("lihongmei", "2026-04-10 17:00") as desk:
        desk.follow("送达")
        desk.fill(mode="当面", delivered_on="2026-04-10", proof="本人在送达回证上签字")
        desk.picture("deliver")
        desk.press("送达")
        assert desk.sees("已办理：送达。")
    life.petitioner_reads("可以向临潼区人民政府请求复查。", "2026年5月11日", at="2026-04-10 20:00")


def report(life: Life) -> None:
    """办结报告 Report."""
    with life.at_petition("lihongmei", "2026-04-13 09:00") as desk:
        desk.follow("办结报告")
        desk.fill(process="3月12日签收，3月20日看现场，4月2日完工，4月3日雨后复查不漏；赔偿款已付清。", view="同意")
        desk.picture("report")
        desk.press("办结报告")
        assert desk.sees("已办理：办结报告。")
    life.petitioner_reads("处理意见书已送达，信访局正在审核办理结果。", at="2026-04-13 19:00")


def check(life: Life) -> None:
    """审核 Check."""
    with life.at_desk("wujing", "2026-04-15 09:00") as desk:
        life.find(desk)
        desk.follow("审核")
        assert desk.sees("4月3日雨后复查不漏；赔偿款已付清。")
        desk.fill(note="事实、依据、答复、送达证明齐全，合格。")
        desk.picture("check_result")
        desk.press("审核")
        assert desk.sees("已办理：审核。")
    life.petitioner_reads("处理意见书已送达，办理结果已经审核。", at="2026-04-15 12:30")


def closing(life: Life) -> None:
    """办结 Closing."""
    with life.at_petition("qianlixin", "2026-04-15 15:00") as desk:
        desk.follow("办结")
        desk.picture("close")
        desk.press("办结")
        assert desk.sees("已办理：办结。")
    life.petitioner_reads("已办结。", "可以评价到2026年5月15日（含当日）", at="2026-04-15 20:00")


def rating(life: Life) -> None:
    """评价 Rating."""
    with life.at_home("2026-04-20 19:00") as screen:
        screen.fill(bureau="满意", unit="基本满意", reason="修得好，就是等了一个冬天。", act_secret=life.act_secret)
        screen.picture("evaluate", of=".rating")
        screen.fill(bureau="满意", act_secret=life.query_code)
        screen.press("提交评价")
        assert screen.sees("办事密码不对。")
        screen.fill(bureau="满意", act_secret=life.act_secret)
        screen.press("提交评价")
        assert screen.sees("您的评价已经记下，谢谢。")
        assert screen.press_again().says("这份表单已经提交过，没有重复办理。")


def archiving(life: Life) -> None:
    """归档 Archive."""
    with life.at_petition("zhenghai", "2026-05-15 09:00") as desk:
        assert not desk.offers("归档")
        desk.open(f"/desk/petitions/{life.number}/archive/")
        assert desk.status == 403
    with life.at_petition("zhenghai", "2026-05-18 09:00") as desk:
        desk.follow("归档")
        desk.press("归档")
        assert desk.sees("已办理：归档。")
        desk.picture("archive", of="section[aria-labelledby=clocks]")
    life.petitioner_reads("已办结，并已归档。", at="2026-05-18 19:00")


def trace(life: Life) -> None:
    """痕迹 Trace."""
    call_command("trace_verify", verbosity=0)
    assert verify() is None
    with life.at_desk("qianlixin", "2026-05-19 09:00") as desk:
        life.find(desk)
        acts = ["接访", "登记", "收材料", "判重", "拟办", "批办", "交办", "签收", "受理告知", "承办"]
        acts += ["办理记录", "拟写处理意见", "出具处理意见", "送达", "办结报告", "审核", "办结", "评价", "归档"]
        assert desk.timeline() == acts
        desk.picture("trace", of="section[aria-labelledby=steps]")


STEPS: tuple[Step, ...] = (
    *(reception, registration, duplicate_check, proposal, approval, assignment, looking_it_up, signing_for),
    *(acceptance, handling, drafting_the_opinion, issuing_the_opinion, delivery, report, check, closing),
    *(rating, archiving, trace),
)


@pytest.fixture
def clock(db: None, settings: Settings, tmp_path: object) -> Iterator[Clock]:
    """The town's own time, store and cache."""
    settings.STORE = tmp_path / "files"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"}}
    clock = Clock("2026-03-06 17:00")
    with mock.patch.object(timezone, "now", clock):
        settle(at=clock())
        yield clock


def test_one_petition_lives_from_reception_to_archive(clock: Clock) -> None:
    life = Life(clock)
    for step in STEPS:
        try:
            step(life)
        except BaseException as error:
            error.add_note(f"It happened under “{heading(step)}”.")
            raise
    assert Petition.objects.get().number == life.number
