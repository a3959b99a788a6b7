"""The first steps of a scenario, over the pages: somebody writes, the bureau gives it to the street, the street signs for it."""

from tests.journeys.life import Life
from tests.journeys.visitor import Upload, Visitor


def registered(life: Life, at: str, **changes: str) -> None:
    """By the registrar, at this moment."""
    with life.at_desk("zhaomin", at) as desk:
        desk.follow("登记")
        facts = {
            "channel": "来信",
            "received_at": at.replace(" ", "T"),
            "lead_name": "李淑芬",
            "lead_phone": "13800000001",
            "title": "反映宅基地界址不清",
            "text": "我家与邻居的宅基地界址二十年说不清，请求测量确定。",
            "demands": "测量并确定界址\n答复测量结果",
            "purpose": "求决",
            "category": "物业服务",
            "division": "骊山街道",
        }
        desk.fill(**(facts | changes))
        desk.press("登记，出登记回执")
        assert desk.text("code"), desk.text("error")
        life.number, life.query_code, life.act_secret = desk.text("code")
        life.find(desk)
        desk.follow("判重")
        desk.fill(outcome="初件", reason="没有同人同事的件。")
        desk.press("判重")
        assert desk.sees("已办理：判重。")


def given(life: Life, at: str, *, way: str = "转送") -> None:
    """To the street, on the same day; a 交办 with the chief's word."""
    with life.at_petition("qianlixin", at) as desk:
        desk.follow("拟办")
        desk.fill(kind="申诉求决", way=way, lead_unit="骊山街道办事处", opinion="属街道职责。")
        desk.press("拟办")
        assert desk.sees("已办理：拟办。"), desk.text("error")
    if way == "交办":
        with life.at_petition("sunweiguo", at) as desk:
            take(desk, "批办", note="同意。")
    with life.at_petition("qianlixin", at) as desk:
        take(desk, way, **({"requirement": "请按期报送办结报告。"} if way == "交办" else {}))
    with life.at_petition("lihongmei", at) as desk:
        take(desk, "签收")


def take(desk: Visitor, move: str, **entries: str | Upload) -> None:
    """One move at the petition's page: its link, its form, its button."""
    desk.follow(move)
    desk.fill(**entries)
    desk.press(move)
    assert desk.sees(f"已办理：{move}。"), desk.text("error")


def draft(desk: Visitor) -> None:
    """Both demands answered."""
    said = {"finding": "经查属实。", "basis": "《信访工作条例》第三十二条", "result": "支持"}
    take(
        desk, "拟写处理意见", remedy_organ="临潼区人民政府", **{f"{k}_{n}": v for n in (1, 2) for k, v in said.items()}
    )
