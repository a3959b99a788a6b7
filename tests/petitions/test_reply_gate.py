"""答复关: what an opinion lacks is refused with its sentence; what a head may overrule he overrules in writing."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from tests.cast import Cast, Life
from tests.petitions.facts import refused
from xinfang.legislation import actions as laws
from xinfang.legislation import library
from xinfang.legislation.packaged import LawEntry
from xinfang.legislation.reading import read
from xinfang.petitions import actions, reply_gate
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import GapCode, OpinionResult
from xinfang.petitions.models import Answer, Demand, GatePass, Opinion
from xinfang.petitions.reply_gate import GateShut
from xinfang.trace.acts import Hand
from xinfang.trace.models import Entry

HAND = Hand.system("test")
AT = timezone.make_aware(datetime(2026, 6, 15, 9))
ON = date(2026, 6, 20)
FACTS = "经实地查看，屋顶两处漏水，系防水层老化所致。"
GOOD = "《信访工作条例》第三十二条"
ORGANS = ("临潼区人民政府", "西安市住房和城乡建设局")
BRIDGES = (
    "# 某县桥梁管理办法\n\n2020年3月1日 某县人民政府公布\n\n<!-- INFO END -->\n\n第一条 为了管好桥梁，制定本办法。\n"
)
TIAOLI_ONE = "《信访工作条例》第三十二条第一款第二项"


@pytest.fixture
def _library(db: None) -> None:
    library.load(by=HAND, at=AT)
    entry = LawEntry("bridges", "某县桥梁管理办法", "policy", "county", "某县人民政府")
    [law] = laws.enter_laws([entry], by=HAND, at=AT)
    draft = read(list(enumerate(BRIDGES.splitlines(), start=1)))
    laws.add_version(law, draft, code="b-2027", in_force_on=date(2027, 1, 1), source="公报", by=HAND, at=AT)


def found(
    finding: str = FACTS, basis: str = GOOD, result: str = OpinionResult.SUPPORTED, remedy: str = ORGANS[0]
) -> list[reply_gate.Gap]:
    demand = Demand(n=2)
    answer = Answer(demand=demand, finding=finding, basis=basis, result=result)
    return reply_gate.gaps([demand], [answer], remedy, ORGANS, on=ON)


SHUT = [
    ({"finding": "  "}, GapCode.NO_FINDING, "没有写明查明的事实。"),
    ({"basis": " "}, GapCode.NO_BASIS, "没有写明依据。"),
    ({"result": ""}, GapCode.NO_RESULT, "没有选择结果：支持、解释说明，还是不予支持。"),
    ({"result": "done"}, GapCode.NO_RESULT, "没有选择结果"),
    ({"basis": "第五十二条"}, GapCode.NO_BASIS, "依据里没有写出法律、法规、规章或者政策文件。"),
    ({"basis": "按照有关规定和一贯做法处理。"}, GapCode.NO_BASIS, "依据里没有写出法律"),
    ({"basis": "根据国家和上级现行有关政策。"}, GapCode.NO_BASIS, "依据里没有写出法律"),
    ({"basis": "城市供水有关规定"}, GapCode.UNKNOWN_LAW, "“城市供水有关规定”没有写明是哪一部文件的哪一条。"),
    ({"finding": "该事项不属于我们职责。"}, GapCode.NOT_OURS, "“不属于本单位职责”不是答复的理由。"),
    ({"finding": "经查，您反映的问题不在我局管辖范围，请向住建局反映。"}, GapCode.NOT_OURS, "可以提出异议"),
    ({"basis": "《信访条例》第三十二条"}, GapCode.REPEALED, "《信访条例》已于2022-05-01废止，由《信访工作条例》接替。"),
    ({"basis": "《信访条例》第三十四条"}, GapCode.REPEALED, "现行对应条文：《信访工作条例》第三十五条。"),
    ({"basis": "《某县桥梁管理办法》第一条"}, GapCode.NOT_YET, "《某县桥梁管理办法》在2026-06-20还没有施行。"),
    ({"basis": "《信访工作条例》第九十九条"}, GapCode.NO_ARTICLE, "《信访工作条例》没有第九十九条。"),
    ({"basis": "《某市停车管理办法》第三条"}, GapCode.UNKNOWN_LAW, "法规库里没有《某市停车管理办法》第三条。"),
    ({"basis": "临政办发〔2024〕12号文"}, GapCode.UNKNOWN_LAW, "法规库里没有临政办发〔2024〕12号文。"),
    ({"basis": f"{GOOD}、《信访条例》第三十二条"}, GapCode.REPEALED, "《信访条例》已于2022-05-01废止"),
    (
        {"remedy": "信访局"},
        GapCode.WRONG_REMEDY,
        "复查机关写的是“信访局”，对本单位意见不服的应当向临潼区人民政府或西安市住房和城乡建设局请求复查。",
    ),
]


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize(
    ("changes", "code", "sentence"), SHUT, ids=[f"{code}-{n}" for n, (_c, code, _s) in enumerate(SHUT)]
)
def test_every_missing_element_has_its_sentence(changes: dict[str, str], code: GapCode, sentence: str) -> None:
    [gap] = found(**changes)
    assert (gap.code, gap.n) == (code, 0 if code == GapCode.WRONG_REMEDY else 2)
    assert sentence in gap.sentence


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"basis": "民法典第二百七十八条"},
        {"remedy": "临潼区人民政府或者西安市住房和城乡建设局"},
        {"basis": "《物业管理条例》"},
        {"basis": "物业管理条例"},
        {"basis": TIAOLI_ONE, "result": OpinionResult.EXPLAINED},
        {
            "finding": f"{FACTS}维修资金由业主大会决定使用，不属于我单位职权范围。",
            "result": OpinionResult.NOT_SUPPORTED,
        },
    ],
)
def test_what_is_whole_passes(changes: dict[str, str]) -> None:
    assert found(**changes) == []


def test_a_demand_without_an_answer_is_named(db: None) -> None:
    [gap] = reply_gate.gaps([Demand(n=1)], [], ORGANS[0], ORGANS, on=ON)
    assert (gap.n, gap.code, gap.sentence) == (1, GapCode.UNANSWERED, "这项诉求还没有答复。")


def test_without_a_library_the_form_alone_is_looked_at(db: None) -> None:
    assert found(basis="《某市停车管理办法》第三条") == []
    assert [gap.code for gap in found(basis="一贯做法就是这样的，向来如此，没有例外，大家都知道这件事情。")] == [
        GapCode.NO_BASIS
    ]


def test_what_the_law_demands_of_an_opinion_nobody_waives() -> None:
    waived = {code for code in GapCode if reply_gate.Gap(1, code, "").may_be_waived}
    assert waived == {GapCode.REPEALED, GapCode.NOT_YET, GapCode.NO_ARTICLE, GapCode.WRONG_REMEDY}


# Signing


def drafted(cast: Cast, basis: str, finding: str = FACTS) -> Life:
    life = Life(cast).until("handle")
    answer = AnswerText(finding, basis, OpinionResult.SUPPORTED)
    answers = {1: AnswerText(FACTS, GOOD, OpinionResult.SUPPORTED), 2: answer}
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ=ORGANS[0], by=life.handler, at=life.later())
    return life


def issue(life: Life, **more: object) -> Opinion:
    return actions.issue_opinion(life.assignment, draft=life.draft, by=life.head, at=life.later(), **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("_library")
def test_a_repealed_law_is_refused_until_the_head_writes_why(cast: Cast) -> None:
    life = drafted(cast, "《信访条例》第三十二条")
    for nothing in ("", "  "):
        with refused("第 2 项诉求：《信访条例》已于2022-05-01废止", GateShut, field="waiver"):
            issue(life, waiver=nothing)
    assert life.assignment.status == "handling"
    opinion = issue(life, waiver="事实发生在原条例施行期间，按当时的规定处理。")
    row = GatePass.objects.get(opinion=opinion)
    assert (row.waived, row.looked_up, row.reason) == (["repealed"], [], "事实发生在原条例施行期间，按当时的规定处理。")
    facts = Entry.objects.get(act="assignment.issue_opinion").facts
    assert facts["waived"] == ["repealed"]
    assert "原条例" not in str(facts)


@pytest.mark.usefixtures("_library")
def test_a_law_that_the_library_does_not_know_is_asked_about(cast: Cast) -> None:
    life = drafted(cast, "《某市停车管理办法》第三条")
    for ticked in ((), (1,)):
        with refused("第 2 项诉求：法规库里没有《某市停车管理办法》第三条。", GateShut, field="looked_up_2"):
            issue(life, looked_up=ticked, waiver="有。")
    row = GatePass.objects.get(opinion=issue(life, looked_up=(2,)))
    assert (row.waived, row.looked_up, row.reason) == ([], [2], "")
    assert Entry.objects.get(act="assignment.issue_opinion").facts["looked_up"] == 1


@pytest.mark.usefixtures("_library")
def test_not_ours_is_no_reason_whatever_the_head_writes(cast: Cast) -> None:
    life = drafted(cast, GOOD, finding="不属于我们职责。")
    with refused("“不属于本单位职责”不是答复的理由。", GateShut, field=""):
        issue(life, waiver="就这样。", looked_up=(1, 2))
    assert not GatePass.objects.exists()


@pytest.mark.usefixtures("_library")
def test_an_opinion_that_lacks_nothing_leaves_no_pass(cast: Cast) -> None:
    life = drafted(cast, "《物业管理条例》")
    issue(life, waiver="多余的理由。", looked_up=(1, 2))
    assert not GatePass.objects.exists()
    assert "waived" not in Entry.objects.get(act="assignment.issue_opinion").facts


@pytest.mark.usefixtures("_library")
def test_the_reason_of_a_sealed_petition_is_sealed_with_it(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    life.handle()
    answers = {n: AnswerText(FACTS, "《信访条例》第三十二条", OpinionResult.SUPPORTED) for n in (1, 2)}
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ=ORGANS[0], by=life.handler, at=life.later())
    opinion = issue(life, waiver="按当时的规定。")
    assert GatePass.objects.get(opinion=opinion).reason == "按当时的规定。"
    assert GatePass.objects.filter(reason="").exists()
    assert "waived" not in Entry.objects.get(act="assignment.issue_opinion").facts
