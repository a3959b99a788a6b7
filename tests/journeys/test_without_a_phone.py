"""S17: she is seventy-two, has no phone and does not read. She lives the whole road on paper, and no step asks for a phone.

Over the pages alone: what she is told and hands over lies on paper, and each officer enters it at his own desk.
"""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from tests.cast import Cast, assemble
from tests.desk.hall import signed_in, typed, words
from tests.files import samples
from tests.journeys.life import Life
from tests.journeys.roads import draft, given, registered, take
from tests.journeys.visitor import Upload, Visitor
from xinfang.petitions.models import (
    Delivery,
    Evaluation,
    NoticeWaiting,
    Petition,
    Petitioner,
    ReviewCase,
    ReviewDelivery,
    Withdrawal,
)

CARD = "610115195401010020"
NAME, HOME = "王桂兰", "骊山街道某村三组12号"


class Phoneless(Visitor):
    """Finds on every page the fields that insist on a telephone: those named so that are not marked as optional."""

    def _show(self, response: Any) -> None:
        super()._show(response)
        insisting = []
        for control in self.page.xpath(
            "//input[contains(@name, 'phone') or contains(@name, 'mobile')][@type != 'hidden']"
        ):
            label = control.label.text_content() if control.label is not None else ""
            insisting += [label] if "无" not in label and "可不填" not in label else []
        assert not insisting, (self.address, insisting)


@pytest.fixture
def visitor() -> type[Visitor]:
    return Phoneless


def scan(name: str) -> Upload:
    return Upload(f"{name}.jpg", "image/jpeg", samples.jpeg())


def at_the_window(life: Life) -> None:
    """She tells, the clerk writes and reads it back, she puts her finger under it and takes the slip home."""
    who = {"lead_name": NAME, "lead_id_no": CARD, "lead_phone": "", "lead_no_phone": "on", "lead_address": HOME}
    registered(life, "2026-03-09 09:00", channel="来访", **who)
    assert Petitioner.objects.get().identity.phone == ""
    with life.at_desk("zhaomin", "2026-03-09 09:20") as desk:
        life.find(desk)
        desk.follow("信访事项登记表")
        stamped(desk, "登记表")
        life.find(desk)
        desk.follow("收材料")
        desk.fill(label="宅基地使用证复印件", attachments=scan("使用证"))
        desk.press("收下")
        desk.follow("打印材料收据")
        assert desk.sees("宅基地使用证复印件")


def stamped(desk: Visitor, name: str) -> None:
    """From the paper before him: the scan of it with her mark comes back, compared by eye."""
    desk.follow("回传盖章件")
    desk.fill(scans=scan(name), is_by_hand="on")
    desk.press("收下")
    assert desk.sees("盖章件已收下"), desk.text("error")


def told_where_it_went(life: Life) -> None:
    """The notice goes by post, in an envelope with her address, and with it the slip with the query code once more."""
    with life.at_desk("qianlixin", "2026-03-09 16:00") as desk:
        posted(desk, "去向告知书", "平信，钱立新寄出", envelope=f"{NAME}（收）")
        life.find(desk)
        desk.follow("登记回执")
        desk.press("补打回执")
        assert desk.text("code") == [life.number, life.query_code]
        assert desk.sees("补打的回执没有办事密码。")


def posted(desk: Visitor, paper: str, proof: str, *, envelope: str = "") -> None:
    """From the list of notices that wait: printed, put in an envelope, sent."""
    desk.follow("跟进")
    desk.follow("告知待送")
    assert desk.sees(paper)
    desk.follow("全选本页")
    desk.press("打印文书")
    assert desk.sees(paper)
    if envelope:
        ticked(desk)
        desk.press("信封、标签")
        desk.press("显示信封")
        assert desk.sees(HOME)
        assert desk.sees(envelope)
    ticked(desk)
    desk.press("登记送出…")
    desk.fill(mode="邮寄", proof=proof)
    desk.press("登记送出")
    assert desk.sees("已登记送出 1 份。"), desk.text("error")


def ticked(desk: Visitor) -> None:
    desk.open(reverse("desk:rounds-of", args=["notices"]))
    desk.follow("全选本页")


def accepted_by_the_street(life: Life) -> None:
    """受理告知书 through the street, which hands it over at her door."""
    with life.at_petition("lihongmei", "2026-03-11 10:00") as desk:
        take(desk, "受理告知")
        take(desk, "承办", text="已上门了解情况。")
    with life.at_desk("lihongmei", "2026-03-11 15:00") as desk:
        desk.follow("跟进")
        desk.follow("告知待送")
        desk.follow("全选本页")
        desk.press("登记送出…")
        desk.fill(mode="当面", proof="村组长张某当面念给本人，按指印收下")
        desk.press("登记送出")
        assert desk.sees("已登记送出 1 份。"), desk.text("error")
    assert not NoticeWaiting.objects.exists()


def asks_how_it_stands(life: Life) -> None:
    """At the window, with her slip: read out to her, urged for her, and who has looked at it, printed."""
    with life.at_desk("zhaomin", "2026-03-16 09:00") as desk:
        desk.follow("搜索")
        desk.follow("电话查询")
        desk.fill(number=life.number, query_code=life.query_code)
        desk.press("查询")
        assert desk.sees("由骊山街道办事处办理")
        desk.follow("待办")
        life.find(desk)
        desk.follow("代录信访人的要求")
        desk.fill(kind="催办", way="当面", text="她问什么时候来量。")
        desk.press("代录信访人的要求")
        life.find(desk)
        desk.follow("谁看过这一件")
        desk.fill(is_known="on")
        desk.press("打印查阅记录")
        assert desk.sees("区信访局")


def loses_the_slip(life: Life) -> None:
    """Her card is looked at, and there are new codes; the old ones are dead."""
    with life.at_desk("zhaomin", "2026-03-17 09:00") as desk:
        desk.follow("搜索")
        desk.follow("补办登记单")
        desk.fill(number=life.number, name=NAME, id_no=CARD, proof="本人身份证件")
        desk.press("核对，补办")
        _number, query_code, act_secret, *_ = desk.text("code")
        assert {query_code, act_secret}.isdisjoint({life.query_code, life.act_secret})
        life.query_code, life.act_secret = query_code, act_secret


def answered(life: Life) -> None:
    """The opinion, served by registered post; a letter without a number proves nothing."""
    with life.at_petition("lihongmei", "2026-03-19 10:00") as desk:
        draft(desk)
    with life.at_petition("zhoujianshe", "2026-03-20 16:00") as desk:
        take(desk, "出具处理意见")
    with life.at_petition("lihongmei", "2026-03-23 10:00") as desk:
        desk.follow("送达回证")
        assert desk.sees("□留置")
        life.find(desk)
        desk.follow("送达")
        desk.fill(mode="邮寄", delivered_on="2026-03-23", proof="挂号信已寄")
        desk.press("送达")
        assert desk.sees("邮寄送达要写邮寄单号，至少六位数字或者字母。")
        desk.fill(proof="挂号信 XA61011500000", scan=scan("送达回证"), is_by_hand="on")
        desk.press("送达")
        assert desk.sees("已办理：送达。"), desk.text("error")
    assert Delivery.objects.get().scan is not None


def rates(life: Life) -> None:
    """On the printed form, entered by the bureau and never by the unit."""
    with life.at_desk("lihongmei", "2026-03-25 09:00") as desk:
        life.find(desk)
        assert not desk.offers("评价")
    with life.at_desk("zhaomin", "2026-03-25 10:00") as desk:
        life.find(desk)
        desk.follow("评价")
        desk.fill(bureau="满意", unit="基本满意", scan=scan("评价表"))
        desk.press("评价")
        assert desk.sees("已办理：评价。"), desk.text("error")
    rating = Evaluation.objects.get()
    assert (rating.is_on_paper, rating.bureau, rating.unit) == (True, "satisfied", "basically")
    assert rating.scan is not None


REQUEST = "我不识字，请人代写。界址只量了一边，请求复查。"


def asks_for_review(life: Life) -> None:
    """What somebody wrote for her and she put her finger under, entered by the bureau with its scan."""
    with life.at_desk("lihongmei", "2026-04-01 09:00") as desk:
        life.find(desk)
        assert not desk.offers("申请复查、复核")
    with life.at_desk("zhaomin", "2026-04-01 10:00") as desk:
        life.find(desk)
        desk.follow("申请复查、复核")
        facts = {"level": "复查", "organ": "临潼区人民政府", "applied_on": "2026-03-31", "received_on": "2026-04-01"}
        desk.fill(**facts, request=REQUEST)
        desk.press("申请复查、复核")
        assert desk.sees("请上传一份扫描件，或者选一份已收的，只要一份。")
        desk.fill(scan=scan("复查申请书"))
        desk.press("申请复查、复核")
        assert desk.sees("已办理：申请复查、复核。"), desk.text("error")
    review = ReviewCase.objects.get()
    assert (review.is_on_paper, review.scan is not None, review.is_late) == (True, True, False)


def reviewed(life: Life) -> None:
    """Taken up, told by post, examined, decided, and the opinion on review handed over at the village with two witnesses."""
    with life.at_petition("heping", "2026-04-02 09:00") as desk:
        desk.follow("复查（复核）申请书")
        assert desk.sees(REQUEST)
        life.find(desk)
        take(desk, "受理复查、复核")
    with life.at_desk("heping", "2026-04-02 11:00") as desk:
        posted(desk, "复查（复核）申请受理告知书", "EMS 1029384756612", envelope=f"{NAME}（收）")
        life.find(desk)
        take(desk, "审查")
    with life.at_petition("heping", "2026-04-20 09:00") as desk:
        said = {"examined": "调卷，到现场复量。", "findings": "两边界址相符。", "basis": "《民法典》第二百三十四条"}
        take(desk, "作出复查、复核意见", decision="维持", outcome="原意见事实清楚。", **said)
        desk.follow("信访事项复查意见书")
        assert desk.sees("30日内向西安市人民政府请求复核")
    with life.at_petition("heping", "2026-04-22 09:00") as desk:
        facts = {"mode": "留置", "delivered_on": "2026-04-22", "proof": "本人不愿按指印"}
        take(
            desk,
            "送达复查、复核意见",
            **facts,
            witnesses="村组长张某\n邻居李某",
            scan=scan("送达回证"),
            is_by_hand="on",
        )
    assert ReviewDelivery.objects.get().scan is not None


def learns_the_end(life: Life) -> None:
    """The review is over; read out to her as anybody would read it, with the right that comes next and its last day."""
    petition, review = Petition.objects.get(), ReviewCase.objects.get()
    assert (petition.status, review.status, review.decision) == ("closed", "closed", "upheld")
    with life.at_desk("zhaomin", "2026-04-27 09:00") as desk:
        desk.follow("搜索")
        desk.follow("电话查询")
        desk.fill(number=life.number, query_code=life.query_code)
        desk.press("查询")
        assert desk.sees("临潼区人民政府的复查意见是维持。")
        assert desk.sees("可以向西安市人民政府请求复核。")
        assert desk.sees("2026年5月22日")
    life.petitioner_reads("复查意见书已送达。", at="2026-04-27 20:00")


STEPS = (
    *(at_the_window, lambda life: given(life, "2026-03-09 15:00"), told_where_it_went, accepted_by_the_street),
    *(asks_how_it_stands, loses_the_slip, answered, rates, asks_for_review, reviewed, learns_the_end),
)


def test_s17_she_lives_the_whole_road_on_paper(life: Life) -> None:
    """S17 信访人无手机."""
    for step in STEPS:
        step(life)


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Any) -> Cast:
    settings.STORE = tmp_path / "files"
    return assemble()


def test_she_withdraws_on_paper_and_is_called_upon_not_called_up(cast: Cast) -> None:
    window = signed_in(cast.registrar)
    form = typed(channel="visit", lead_phone="", lead_no_phone="on", lead_name=NAME, lead_id_no=CARD)
    answer = window.post(reverse("desk:intake"), form, follow=True)
    assert answer.redirect_chain, words(answer)
    number = Petition.objects.get().number
    said = {"statement": "她说已经修好了。"}
    assert window.post(reverse("desk:withdrawal-ask", args=[number]), said).status_code == 302
    assert Withdrawal.objects.get().is_on_paper


@pytest.mark.parametrize("name", ["desk:intake", "desk:slip-renew", "desk:telephone"])
def test_no_form_of_the_window_insists_on_a_telephone(cast: Cast, name: str) -> None:
    page = signed_in(cast.registrar).get(reverse(name))
    form = page.context["form"]
    assert not [field for field in form.fields if "phone" in field and form.fields[field].required]
