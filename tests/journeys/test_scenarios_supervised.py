"""S25, as far as the rooms of today go: late work is seen and urged, and a service that the petitioner denies is undone.

The bureau's own 督办函 and the three recommendations belong to the room of supervision (docs/scenarios.md).
"""

from django.utils import timezone

from tests.journeys.life import Life
from tests.journeys.roads import draft, given, registered, take
from xinfang.petitions.models import Assignment, Delivery, Plea
from xinfang.trace.models import Entry


def late(life: Life) -> None:
    """Nobody asked for an extension; the fifth day after the last one."""
    registered(life, "2026-03-10 09:00")
    given(life, "2026-03-10 15:00", way="交办")
    with life.at_petition("lihongmei", "2026-03-12 10:00") as desk:
        take(desk, "受理告知")
        take(desk, "承办", text="已联系。")
    for officer in ("lihongmei", "zhoujianshe"):
        with life.at_desk(officer, "2026-05-16 09:00") as desk:
            assert desk.sees(life.number), officer
            assert desk.sees("超期 5 天"), officer
    with life.at_desk("wujing", "2026-05-16 09:00") as desk:
        life.find(desk)
        assert desk.sees("超期 5 天")


def urged(life: Life) -> None:
    """By the petitioner at home; whoever is late reads it at the head of the petition, and answers her."""
    with life.at_home("2026-05-16 20:00") as screen:
        screen.fill(beside="催办", text="说好六十天，已经过了五天。", act_secret=life.act_secret)
        screen.press("催办")
        assert screen.sees("催办已经记下"), screen.text("error")
    with life.at_petition("lihongmei", "2026-05-18 09:00") as desk:
        assert desk.sees("说好六十天，已经过了五天。")
        desk.follow("给信访人回话")
        desk.fill(text="测量报告已经取到，本周答复。")
        desk.press("给信访人回话")
    life.petitioner_reads("测量报告已经取到，本周答复。", at="2026-05-18 20:00")
    assert str(Assignment.objects.get().handling_due) == "2026-05-11"  # waiting moves no date


def reported_as_served(life: Life) -> None:
    """The unit says that she signed for it."""
    with life.at_petition("lihongmei", "2026-05-19 09:00") as desk:
        draft(desk)
    with life.at_petition("zhoujianshe", "2026-05-19 15:00") as desk:
        take(desk, "出具处理意见")
    with life.at_petition("lihongmei", "2026-05-20 09:00") as desk:
        take(desk, "送达", mode="当面", delivered_on="2026-05-20", proof="本人签收")
        take(desk, "办结报告", process="已测量，已送达。", view="同意")


def denied(life: Life) -> None:
    """At the window she says that nobody came; the supervisor finds no signature and sends the result back."""
    with life.at_desk("zhaomin", "2026-05-21 09:00") as desk:
        life.find(desk)
        desk.follow("代录信访人的要求")
        desk.fill(kind="请求更正", way="当面", text="我没有收到过处理意见书，也没有签过字。")
        desk.press("代录信访人的要求")
    with life.at_desk("wujing", "2026-05-21 15:00") as desk:
        life.find(desk)
        assert desk.sees("我没有收到过处理意见书")
        take(desk, "退回重办", note="信访人否认收到处理意见书，送达回证没有本人签名的扫描件。")
    assert Assignment.objects.get().status == "check_returned"


def done_again(life: Life) -> None:
    """Anew, and late by the day on which the bureau takes the report; the first report and its service stand beside."""
    with life.at_petition("lihongmei", "2026-05-22 09:00") as desk:
        desk.follow("重新承办")
        assert desk.sees("信访人否认收到处理意见书")
        desk.press("重新承办")
        draft(desk)
    with life.at_petition("zhoujianshe", "2026-05-22 15:00") as desk:
        take(desk, "出具处理意见")
    with life.at_petition("lihongmei", "2026-05-25 09:00") as desk:
        take(desk, "送达", mode="邮寄", delivered_on="2026-05-25", proof="EMS 1029384756612")
        take(desk, "办结报告", process="挂号寄到，本人签收。", view="同意")
    with life.at_petition("wujing", "2026-05-26 09:00") as desk:
        take(desk, "审核", note="合格。")


def test_s25_late_work_is_seen_urged_and_a_false_report_sent_back(life: Life) -> None:
    """S25 督办与三项建议."""
    for step in (late, urged, reported_as_served, denied, done_again):
        step(life)
    one = Assignment.objects.get()
    assert one.reports.count() == 2
    assert [served.proof for served in Delivery.objects.order_by("id")] == ["本人签收", "EMS 1029384756612"]
    assert one.handling_due is not None
    assert (timezone.localdate(one.reported_at) - one.handling_due).days == 14
    assert set(Plea.objects.values_list("kind", flat=True)) == {"urge", "correct"}
    # What the room of supervision will read on from.
    heard = set(Entry.objects.values_list("act", flat=True))
    assert {"petition.urge", "petition.ask_to_correct", "assignment.return_result"} <= heard
