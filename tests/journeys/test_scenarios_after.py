"""Scenarios of what comes after an opinion, over the pages: nobody to serve it on, a rating of 不满意."""

from tests.journeys.life import Life
from tests.journeys.roads import draft, given, registered, take
from tests.journeys.visitor import Upload
from xinfang.deadlines.models import Promise
from xinfang.petitions.models import CallBack, Evaluation, FollowUp, Petition


def answered(life: Life, day: str, at: str) -> None:
    """From the receipt notice to the signed opinion."""
    with life.at_petition("lihongmei", f"{day} 10:00") as desk:
        take(desk, "受理告知")
        take(desk, "承办", text="已上门了解情况。")
        draft(desk)
    with life.at_petition("zhoujianshe", f"{at} 16:00") as desk:
        take(desk, "出具处理意见")


def test_s11_an_anonymous_letter_is_handled_and_kept_on_file(life: Life) -> None:
    """S11 匿名来信(求决)."""
    registered(
        life, "2026-03-09 09:00", lead_name="", lead_phone="", title="反映小区路灯坏了", demands="修好路灯\n定期巡查"
    )
    given(life, "2026-03-09 15:00")
    answered(life, "2026-03-11", "2026-03-20")
    with life.at_petition("lihongmei", "2026-03-23 10:00") as desk:
        assert desk.sees("送达处理意见")
        take(desk, "送达", mode="无法送达，存档备查", delivered_on="2026-03-23", proof="来信没有署名，无处送达。")
    petition = Petition.objects.get()
    assert (petition.status, petition.evaluation_status) == ("closed", "unopened")
    clocks = set(Promise.objects.filter(stopped_at__isnull=True).values_list("clock", flat=True))
    assert not clocks & {"D9", "D14", "D15"}
    assert set(Promise.objects.filter(clock="D5").values_list("unit_code", flat=True))  # the unit's time was kept
    life.petitioner_reads("已办结。", at="2026-03-24 09:00")


def test_s29_a_rating_of_dissatisfied_is_called_about_and_answered(life: Life) -> None:
    """S29 评价与回访."""
    registered(life, "2026-03-09 09:00")
    given(life, "2026-03-09 15:00")
    answered(life, "2026-03-11", "2026-03-20")
    with life.at_petition("lihongmei", "2026-03-23 10:00") as desk:
        take(desk, "送达", mode="当面", delivered_on="2026-03-23", proof="本人签收")
    with life.at_home("2026-03-27 19:00") as screen:
        screen.fill(bureau="满意", unit="不满意", reason="界址还是没有测。", act_secret=life.act_secret)
        screen.press("提交评价")
        assert screen.sees("您的评价已经记下，谢谢。")
    row = FollowUp.objects.get()
    assert (row.call_due.isoformat(), row.result_due.isoformat()) == ("2026-04-03", "2026-04-11")
    with life.at_desk("wujing", "2026-03-30 09:00") as desk:
        desk.follow("跟进 1 待回访")
        desk.follow("待回访")
        assert desk.sees("评价不满意，等待回访")
        desk.follow(life.number)
        desk.follow("回访")
        assert desk.sees("界址还是没有测。")
        desk.fill(about="评价不满意", is_reached="联系上了", said="电话回访，说还没有人来测。")
        desk.press("回访")
        assert desk.sees("已办理：回访。"), desk.text("error")
    with life.at_desk("lihongmei", "2026-03-30 10:00") as desk:
        life.find(desk)
        assert not desk.offers("回访")
        assert not desk.offers("认定化解")
        desk.follow("报告落实")
        desk.fill(text="已委托测绘院测量，附测量图。", done_on="2026-03-30")
        desk.press("报告落实")
        assert desk.sees("已报告落实，等信访局回访核查。"), desk.text("error")
    with life.at_desk("wujing", "2026-04-01 09:00") as desk:
        life.find(desk)
        desk.follow("核查落实")
        desk.fill(is_kept="已经落实", said="电话回访，说测了，认可。")
        desk.press("核查落实")
        assert desk.sees("核查结果已记下。"), desk.text("error")
        desk.follow("不满意核查")
        desk.fill(outcome="处理意见没有落实", text="督促街道测量，已落实。")
        desk.press("不满意核查")
        assert desk.sees("已办理：不满意核查。"), desk.text("error")
        take(desk, "认定化解", said="电话里说没有意见了。")
    with life.at_desk("zhaomin", "2026-04-02 09:00") as desk:  # content by now, she rates once more on paper
        life.find(desk)
        scan = Upload("评价表.txt", "text/plain", "满意".encode())
        take(desk, "评价", bureau="满意", unit="满意", scan=scan)
    petition = Petition.objects.get()
    assert (petition.status, petition.resolved_at is not None) == ("closed", True)
    assert list(CallBack.objects.order_by("id").values_list("about", flat=True)) == ["rating", "commitment", "resolved"]
    ratings = list(Evaluation.objects.order_by("nth").values_list("unit", flat=True))
    assert ratings == ["dissatisfied", "satisfied"]  # beside the first, which is never overwritten
