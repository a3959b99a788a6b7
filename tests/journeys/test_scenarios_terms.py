"""Scenarios in which a term decides, over the pages: an extension, a simple matter across Spring Festival, a result sent back."""

from django.utils import timezone

from tests.journeys.life import Life
from tests.journeys.roads import draft, given, registered, take
from xinfang.petitions.models import Assignment


def test_s2_an_extension_on_the_59th_day(life: Life) -> None:
    """S2 第59日延期."""
    registered(life, "2026-08-28 09:00")
    given(life, "2026-08-28 15:00")
    with life.at_petition("lihongmei", "2026-09-01 10:00") as desk:
        take(desk, "受理告知")
    with life.at_petition("lihongmei", "2026-09-02 10:00") as desk:
        take(desk, "承办", text="已上门了解情况。")
    with life.at_petition("lihongmei", "2026-10-30 09:00") as desk:
        desk.follow("申请延期")
        desk.fill(days="31", ground="需委托测绘。")
        desk.press("申请延期")
        assert desk.sees("延长期限最短1日，最长30日。")
        desk.fill(days="30")
        desk.press("申请延期")
        assert desk.sees("已办理：申请延期。")
        assert not desk.offers("批准延期")
    with life.at_petition("zhoujianshe", "2026-10-30 16:00") as desk:
        desk.follow("批准延期")
        assert desk.sees("需委托测绘。")
        desk.press("批准延期")
        page = desk.address
        desk.follow("延期告知书")
        assert desk.sees("2026-11-30（延长30日）")
        assert desk.sees("需委托测绘。")
        desk.open(page)
        assert desk.sees("2026-11-30")
    life.petitioner_reads("骊山街道办事处正在办理。", "2026年11月30日", at="2026-10-30 20:00")
    with life.at_petition("lihongmei", "2026-11-02 09:00") as desk:
        assert not desk.offers("申请延期")
        desk.open(f"/desk/assignments/{Assignment.objects.get().pk}/ask_extension/")
        assert (desk.status, desk.sees("该件已延期一次，不能再延期")) == (403, True)


def test_s22_simple_across_spring_festival(life: Life) -> None:
    """S22 简易办理跨春节."""
    registered(life, "2026-02-13 09:00", title="小区门口垃圾清运", demands="清走垃圾\n定期清运", channel="网上投诉")
    given(life, "2026-02-13 15:00")
    with life.at_petition("lihongmei", "2026-02-24 10:00") as desk:
        desk.follow("简易受理")
        assert desk.sees("简易受理的最后一日：2026-02-25")
        desk.fill(ground="日常生活中急需解决")
        desk.press("简易受理")
        assert desk.sees("已办理：简易受理。")
        desk.follow("受理告知书")
        assert desk.sees("2026-03-09")
    life.petitioner_reads("骊山街道办事处已受理。", "2026年3月9日", at="2026-02-24 20:00")
    with life.at_petition("lihongmei", "2026-02-28 10:00") as desk:
        take(desk, "承办", text="打电话约定当天清运。")
        assert not desk.offers("申请延期")
        draft(desk)
    with life.at_petition("zhoujianshe", "2026-03-02 10:00") as desk:
        take(desk, "出具处理意见")
    with life.at_petition("lihongmei", "2026-03-02 15:00") as desk:
        take(
            desk,
            "送达",
            mode="电子",
            delivered_on="2026-03-02",
            consented_on="2026-02-13",
            proof="短信和网上平台同时发送，短信回执已收到",
        )
    life.petitioner_reads("已办结。", "处理意见书送达（电子）", at="2026-03-02 20:00")


def test_s24_a_result_sent_back(life: Life) -> None:
    """S24 交办结果被退回."""
    registered(life, "2026-03-10 09:00")
    given(life, "2026-03-10 15:00", way="交办")
    with life.at_petition("lihongmei", "2026-03-12 10:00") as desk:
        take(desk, "受理告知")
        take(desk, "承办", text="已联系。")
    _answered_and_reported(life, "2026-05-07", "2026-05-08")
    with life.at_desk("wujing", "2026-05-09 10:00") as desk:
        life.find(desk)
        take(desk, "退回重办", note="第2项诉求未答复。")
        desk.follow("退回重办通知书")
        assert desk.sees("2026-05-11（不重新计算）")
    life.petitioner_reads("信访局审核后，退回骊山街道办事处重新办理。", "2026年5月11日", at="2026-05-09 20:00")
    with life.at_petition("lihongmei", "2026-05-12 09:00") as desk:
        desk.follow("重新承办")
        assert desk.sees("第2项诉求未答复。")
        desk.press("重新承办")
        assert desk.sees("已办理：重新承办。")
    with life.at_desk("lihongmei", "2026-05-12 09:30") as desk:
        assert desk.sees("超期 1 天")
    _answered_and_reported(life, "2026-05-13", "2026-05-14")
    with life.at_desk("wujing", "2026-05-15 10:00") as desk:
        life.find(desk)
        take(desk, "审核", note="合格。")
    one = Assignment.objects.get()
    reports = [timezone.localdate(report.reported_at).isoformat() for report in one.reports.order_by("id")]
    assert reports == ["2026-05-08", "2026-05-14"]
    assert one.handling_due is not None
    assert (timezone.localdate(one.reported_at) - one.handling_due).days == 3


def _answered_and_reported(life: Life, answered: str, reported: str) -> None:
    with life.at_petition("lihongmei", f"{answered} 09:00") as desk:
        draft(desk)
    with life.at_petition("zhoujianshe", f"{answered} 15:00") as desk:
        take(desk, "出具处理意见")
    with life.at_petition("lihongmei", f"{reported} 09:00") as desk:
        take(desk, "送达", mode="当面", delivered_on=reported, proof="本人签收")
        take(desk, "办结报告", process="已测量，已答复。", view="同意")
