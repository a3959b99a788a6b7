"""S6, S10, S28 over HTTP: an accusation goes its sealed way out; a confidential petition lives from reception to archive."""

from collections.abc import Callable, Iterator
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.cast import WANG, Cast, assemble
from tests.desk.hall import BACKEND
from tests.journeys.town import Clock
from tests.journeys.visitor import Upload, Visitor
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions.models import Assignment, Evidence, Petition
from xinfang.petitions.queries import visible_to
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

Desk = Callable[[str], Visitor]
TITLE = "反映办事处工作人员收受好处"


@pytest.fixture
def clock(settings: Settings, tmp_path: object) -> Iterator[Clock]:
    settings.STORE = tmp_path / "files"
    clock = Clock("2026-03-09 09:00")
    with mock.patch.object(timezone, "now", clock):
        yield clock


@pytest.fixture
def cast(db: None, clock: Clock) -> Cast:
    return assemble()


@pytest.fixture
def at_desk(cast: Cast) -> Desk:
    def sit_down(name: str) -> Visitor:
        visitor = Visitor()
        visitor.client.force_login(cast.officers[name], backend=BACKEND)
        visitor.open("/desk/")
        return visitor

    return sit_down


def register(desk: Visitor, **changes: object) -> Petition:
    """At the one desk, as it was written and no more."""
    desk.follow("登记")
    facts = {
        "channel": "来信",
        "title": TITLE,
        "text": "该办事处工作人员刘某收受好处，多占低保名额，漏水的房子反而不管。",
        "demands": "查处多占低保名额的人",
        "division": "骊山街道",
        "category": "物业服务",
        "purpose": "揭发控告",
    }
    desk.fill(**{**facts, **changes})  # type: ignore[arg-type]
    desk.press("登记，出登记回执")
    assert "/slip/" in desk.address, desk.text("error")
    return Petition.objects.latest("id")


def take(desk: Visitor, petition: Petition, move: str, **entries: object) -> None:
    desk.open(f"/desk/petitions/{petition.number}/")
    desk.follow(move)
    desk.fill(**entries)  # type: ignore[arg-type]
    [button] = desk.text("main")
    desk.press(button)
    assert desk.sees(f"已办理：{move}。"), desk.text("error")


def opens(at_desk: Desk, name: str, petition: Petition) -> bool:
    desk = at_desk(name)
    desk.fill(number=petition.number)
    desk.press("查找")
    return desk.status == 200


def route_out(desk: Visitor, petition: Petition, second: Visitor) -> None:
    take(desk, petition, "判重", outcome="初件", reason="被反映人没有别的件")
    out = {"kind": "检举控告", "way": "转出", "ground": "accusation", "destination": "区纪委监委"}
    take(desk, petition, "拟办", **out, opinion="按管理权限密转。")
    take(second, petition, "批办", note="同意转出。")
    take(desk, petition, "转出")


def test_s6_a_unit_complained_of_never_gets_and_never_finds_it(at_desk: Desk, cast: Cast) -> None:
    registrar = at_desk("registrar")
    petition = register(registrar, lead_name=WANG.name, lead_phone=WANG.phone, respondent_unit="骊山街道办事处")
    assert not registrar.sees(TITLE)
    assert not registrar.sees("查处多占低保名额")
    take(registrar, petition, "判重", outcome="初件", reason="无")
    registrar.open(f"/desk/petitions/{petition.number}/")
    registrar.follow("拟办")
    wrong = {"kind": "检举控告", "way": "转送", "lead_unit": "骊山街道办事处", "opinion": "交街道办理"}
    registrar.fill(**wrong)
    registrar.press("拟办")
    assert registrar.sees("检举控告件只能转纪检监察机关，不能交由其他单位办理。（条例 三十）")
    registrar.fill(way="转出", lead_unit="", ground="accusation", destination="区纪委监委")
    registrar.press("拟办")
    assert registrar.sees("已办理：拟办。"), registrar.text("error")
    cast.keeper()
    take(at_desk("supervisor"), petition, "批办", note="同意转出。")
    take(registrar, petition, "转出")
    for name in ("street_head", "street_handler", "registrar", "dispatcher", "bureau_head", "auditor"):
        assert not opens(at_desk, name, petition), name
        desk = at_desk(name)
        desk.open("/desk/search/?words=低保")
        assert not desk.sees(TITLE)
        assert not desk.sees(str(petition.number))
    assert opens(at_desk, "discipline", petition)
    notice = Paper.objects.get(kind=PaperKind.ROUTING_NOTICE)
    discipline = at_desk("discipline")
    discipline.open(f"/desk/petitions/{petition.number}/papers/{notice.pk}/")
    assert discipline.sees("有关机关")
    assert not discipline.sees("转到：区纪委监委")
    sequencer.place_all()
    assert verify() is None


def test_s10_an_anonymous_accusation_is_kept_routed_and_archived_by_the_custodians(
    at_desk: Desk, cast: Cast, clock: Clock
) -> None:
    head = at_desk("bureau_head")
    head.follow("专人")
    head.follow("指定专人或者代理人")
    head.fill(officer="supervisor", since="2026-03-09")
    head.press("指定专人或者代理人")
    assert head.sees("已指定，经纪检监察机关确认后生效。"), head.text("error")
    discipline = at_desk("discipline")
    discipline.follow("专人")
    discipline.follow("确认：" + cast.supervisor.name)
    discipline.press("确认专人")
    assert discipline.sees("现在可以进入")

    picture = Upload("账页.txt", "text/plain", "村集体账页".encode())
    village = at_desk("village_collector")
    petition = register(village, title="反映某村支书侵占集体资金", attachments=picture)
    assert village.sees(str(petition.number))
    assert (petition.is_anonymous, petition.organ) == (True, cast.village)
    assert Evidence.objects.filter(petition=petition).exists()
    for name in ("village_collector", "bureau_head", "registrar", "street_head"):
        assert not opens(at_desk, name, petition), name

    custodian = at_desk("supervisor")
    clock.set("2026-03-09 10:00")
    cast.keeper("review_office")
    route_out(custodian, petition, second=at_desk("review_office"))
    clock.set("2026-06-09 10:00")
    take(at_desk("supervisor"), petition, "归档")
    petition.refresh_from_db()
    assert petition.status == "archived"
    assert {name for name in cast.officers if visible_to(cast.again(name)).filter(pk=petition.pk)} == {
        "discipline",
        "review_office",
        "supervisor",
    }
    sequencer.place_all()
    assert verify() is None


def test_s28_a_confidential_petition_lives_from_reception_to_archive(at_desk: Desk, cast: Cast, clock: Clock) -> None:
    registrar = at_desk("registrar")
    registrar.follow("接访")
    registrar.fill(received_at="2026-03-09T08:55")
    registrar.press("记下收到时间，接着登记")
    registrar.fill(
        title="反映小区漏水无人维修",
        text="屋顶漏水，多次找物业无果。",
        demands="修好屋顶",
        division="骊山街道",
        category="物业服务",
        purpose="求决",
        lead_name=WANG.name,
        lead_id_no=WANG.id_no,
        lead_phone=WANG.phone,
        lead_address=WANG.address,
        is_confidential="on",
    )
    registrar.press("登记，出登记回执")
    petition = Petition.objects.latest("id")
    assert not registrar.sees("漏水")
    assert not opens(at_desk, "dispatcher", petition)
    name_officer(at_desk("bureau_head"), petition, "dispatcher")

    dispatcher = at_desk("dispatcher")
    take(dispatcher, petition, "判重", outcome="初件", reason="无同人同事")
    take(dispatcher, petition, "拟办", kind="申诉求决", way="转送", lead_unit="骊山街道办事处", opinion="请街道办理。")
    take(dispatcher, petition, "转送")
    letter = Paper.objects.get(kind=PaperKind.TRANSFER_LETTER)
    head = at_desk("street_head")
    head.open(f"/desk/petitions/{petition.number}/papers/{letter.pk}/")
    assert head.sees("来信人（保密），需要联系的，经区信访局转达")
    assert not head.sees(WANG.name)

    clock.set("2026-03-10 09:00")
    head = at_desk("street_head")
    take(head, petition, "签收")
    assert not opens(at_desk, "street_handler", petition)
    take(head, petition, "受理告知", handler="street_handler")
    handler = at_desk("street_handler")
    handler.open(f"/desk/petitions/{petition.number}/")
    assert handler.sees(WANG.phone)
    assert not handler.sees(WANG.name)
    handler.fill(ground="contact")
    handler.press("显示")
    assert handler.sees(WANG.name)
    assert {"petition.see_phone", "petition.reveal"} <= set(Entry.objects.values_list("act", flat=True))

    clock.set("2026-03-12 09:00")
    head, handler = at_desk("street_head"), at_desk("street_handler")
    take(handler, petition, "承办", text="已与信访人联系。")
    answer = {"finding_1": "漏水属实。", "basis_1": "《物业管理条例》", "result_1": "supported"}
    take(handler, petition, "拟写处理意见", remedy_organ="临潼区人民政府", **answer)
    take(head, petition, "出具处理意见")
    take(handler, petition, "送达", mode="in_person", delivered_on="2026-03-12", proof="本人签收")
    assert Assignment.objects.get().status == "done"

    clock.set("2026-07-01 09:00")
    assert not opens(at_desk, "archivist", petition)
    name_officer(at_desk("dispatcher"), petition, "archivist")
    take(at_desk("archivist"), petition, "归档")
    petition.refresh_from_db()
    assert petition.status == "archived"
    assert {name for name in cast.officers if visible_to(cast.again(name)).filter(pk=petition.pk)} == {
        *("registrar", "bureau_head", "dispatcher", "street_head", "street_handler", "archivist")
    }
    sequencer.place_all()
    assert verify() is None


def name_officer(desk: Visitor, petition: Petition, username: str) -> None:
    desk.open(f"/desk/petitions/{petition.number}/")
    desk.follow("指名经办")
    desk.fill(officer=username)
    desk.press("指名经办")
    assert desk.sees("已指名"), desk.text("error")
