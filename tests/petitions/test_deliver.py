"""送达: with its day and its proof; the thirty days for review begin when the petitioner has the opinion in hand."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.files.handed_in import sealed
from tests.petitions.facts import begun, hands_that_may, moment, paper, promises_of, refused, running, said
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import actions, worklists
from xinfang.petitions.codes import AssignmentKind, DeliveryMode
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Delivery
from xinfang.petitions.road import ROAD
from xinfang.trace.models import Entry


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.ASSIGN).until("issue_opinion")


def deliver(life: Life, **changes: object) -> Delivery:
    at = changes.setdefault("at", life.later())
    facts = {"mode": DeliveryMode.MAIL, "delivered_on": at.date(), "proof": "EMS 20260001", "by": life.handler}  # type: ignore[attr-defined]
    return actions.deliver(life.assignment, **(facts | changes))


def test_only_the_handling_unit_delivers(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: deliver(life, by=by)) == {"street_head", "street_handler"}


def test_the_window_for_review_runs_from_the_day_of_delivery(life: Life) -> None:
    issued = life.now.date()
    deliver(life, delivered_on=issued + timedelta(days=2), at=life.now + timedelta(days=5))
    window = promises_of(life.petition).get(clock="D9")
    assert window.started_on == issued + timedelta(days=2)
    assert window.due_strict == issued + timedelta(days=32) == date(2026, 7, 19)
    assert window.due_on == date(2026, 7, 20)  # a Monday


def test_the_window_rolls_past_the_holidays(cast: Cast, calendar_of_2026: None) -> None:
    """Domain 3.16: delivered on 2 September, the thirtieth day is 2 October, the window ends on 8 October."""
    life = begun(cast, moment(date(2026, 8, 3)), way=AssignmentKind.ASSIGN).until("issue_opinion")
    deliver(life, at=moment(date(2026, 9, 2)))
    window = promises_of(life.petition).get(clock="D9")
    assert (window.due_strict, window.due_on) == (date(2026, 10, 2), date(2026, 10, 8))
    assert window.warn_on is None


def test_it_is_the_petitions_window_and_the_bureau_sees_it(life: Life) -> None:
    deliver(life)
    assert set(running(life.petition)) == {"D9"}
    assert promises_of(life.petition).get(clock="D9").unit_code == life.cast.bureau.code


@pytest.mark.parametrize("proof", ["", "  "])
def test_without_proof_nothing_is_delivered(life: Life, proof: str) -> None:
    with refused("请写明签收、拒收见证或邮寄单号。", field="proof"):
        deliver(life, proof=proof)
    assert not Delivery.objects.exists()
    assert running(life.petition) == {}


def test_it_is_not_delivered_before_it_was_signed_nor_tomorrow(life: Life) -> None:
    issued = life.now.date()
    for day in (issued - timedelta(days=1), issued + timedelta(days=1)):
        with refused("送达日期不能早于出具意见之日，也不能晚于今天。", field="delivered_on"):
            deliver(life, delivered_on=day, at=life.now)
    assert deliver(life, delivered_on=issued).delivered_on == issued


def test_the_day_is_that_of_the_county(life: Life) -> None:
    """00:30 at the seat is still yesterday in Greenwich."""
    day = life.now.date() + timedelta(days=3)
    assert deliver(life, delivered_on=day, at=moment(day, 0, 30)).delivered_on == day


def test_from_the_moment_the_opinion_is_issued_its_receipt_can_be_printed_to_be_signed(life: Life) -> None:
    opinion, receipt = (paper(kind, life.petition) for kind in (PaperKind.HANDLING_OPINION, PaperKind.DELIVERY_RECEIPT))
    assert said(PaperKind.DELIVERY_RECEIPT, life.petition) == {
        "document": f"《信访事项处理意见书》{opinion.number}",
        "number": life.petition.number,
        "to": "王桂兰",
        "mode": "□当面　□邮寄　□电子　□留置　□公告　□其他",
        "on": "　　　　年　　　月　　　日",
    }
    assert (receipt.number, receipt.issued_at, receipt.unit_code) == (None, opinion.issued_at, life.cast.street.code)
    deliver(life)
    kinds = Paper.objects.filter(subject_kind="assignment", subject_id=life.assignment.pk).values_list(
        "kind", flat=True
    )
    assert list(kinds).count("delivery_receipt") == 1  # the one that was signed


def test_an_unsigned_petition_has_a_box_more_on_its_receipt(cast: Cast) -> None:
    life = Life(cast, people=()).until("issue_opinion")
    receipt = said(PaperKind.DELIVERY_RECEIPT, life.petition)
    assert (receipt["to"], receipt["mode"]) == ("匿名", "□当面　□邮寄　□电子　□留置　□公告　□无法送达，存档备查　□其他")


def test_an_assigned_petition_stays_open_for_the_report(life: Life) -> None:
    deliver(life)
    assert (life.petition.status, life.assignment.status) == ("dispatched", "delivered")
    assert life.assignment.due_on == life.assignment.feedback_due


@pytest.mark.parametrize("way", [AssignmentKind.TRANSFER, AssignmentKind.SELF])
def test_others_are_done_and_closed_with_the_delivery(cast: Cast, way: AssignmentKind) -> None:
    life = Life(cast, way=way).until("deliver")
    assert (life.petition.status, life.petition.closed_at) == ("closed", life.now)
    assert (life.assignment.status, life.assignment.done_at, life.assignment.due_on) == ("done", life.now, None)
    assert set(running(life.petition)) == {"D9", "D14"}
    hands = set(Entry.objects.filter(act__in=["assignment.finish", "petition.close"]).values_list("hand", "post"))
    assert hands == {("system", "road")}


def test_it_is_delivered_once(life: Life) -> None:
    deliver(life)
    with refused("现在不能“送达”：该件当前状态为“已送达”", NotOnTheRoad):
        deliver(life)
    assert Delivery.objects.count() == 1


def test_nothing_is_delivered_before_it_is_signed(cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    with refused("现在不能“送达”：该件当前状态为“办理中”", NotOnTheRoad):
        deliver(life)


# Each mode has its own proof (送达回证)

DAY = date(2026, 6, 20)
WITNESSED = ("张某", "李某")
LACKING = [
    ("in_person", {"proof": "本人拒收"}, "mode", "信访人拒收的，送达方式选“留置”"),
    ("mail", {"proof": "挂号信已寄"}, "proof", "邮寄送达要写邮寄单号"),
    ("mail", {"proof": "EMS 1"}, "proof", "邮寄送达要写邮寄单号"),
    ("electronic", {}, "consented_on", "电子送达须经信访人同意"),
    ("electronic", {"consented_on": DAY + timedelta(days=1)}, "consented_on", "不能晚于送达日期"),
    ("left_with", {"proof": "不开门"}, "witnesses", "留置送达须有两名见证人"),
    ("left_with", {"witnesses": ("张某", " ")}, "witnesses", "留置送达须有两名见证人"),
    ("left_with", {"witnesses": ("张某", "张某")}, "witnesses", "留置送达须有两名见证人"),
    ("left_with", {"witnesses": [f"某{n}" for n in range(5)]}, "witnesses", "见证人最多写 4 名。"),
    ("left_with", {"witnesses": ("张某", "李" * 41)}, "witnesses", "不能超过 40 个字"),
    ("announced", {}, "announced_on", "公告送达请填写公告的第一日。"),
    ("announced", {"announced_on": date(2026, 6, 1)}, "announced_on", "公告的第一日不能早于出具意见之日。"),
    ("announced", {"announced_on": DAY}, "delivered_on", "公告期要到 2026-07-20 届满"),
    ("filed", {}, "mode", "只有匿名件才能“无法送达，存档备查”"),
]


@pytest.mark.parametrize(("mode", "said", "field", "sentence"), LACKING)
def test_without_the_proof_of_its_mode_nothing_is_delivered(
    life: Life, mode: str, said: dict[str, object], field: str, sentence: str
) -> None:
    with refused(sentence, field=field):
        deliver(life, mode=DeliveryMode(mode), delivered_on=DAY, at=moment(DAY, 12), **said)
    assert not Delivery.objects.exists()
    assert set(running(life.assignment)) == {"D7", "D19"}
    assert running(life.petition) == {}


WHOLE = [
    ("in_person", {"proof": "王桂兰签收"}),
    ("electronic", {"proof": "13800001234", "consented_on": DAY}),
    ("left_with", {"proof": "拒收，称不同意", "witnesses": WITNESSED}),
    ("announced", {"proof": "街道公告栏", "announced_on": DAY}),
]


@pytest.mark.parametrize(("mode", "said"), WHOLE)
def test_with_the_proof_of_its_mode_the_window_opens_and_the_proof_is_kept(
    life: Life, mode: str, said: dict[str, object]
) -> None:
    day = date(2026, 7, 20) if mode == "announced" else DAY
    row = deliver(life, mode=DeliveryMode(mode), delivered_on=day, at=moment(day, 12), **said)
    assert promises_of(life.petition).get(clock="D9").started_on == day
    kept = {name: value for name, value in row.content().items() if name not in ("mode", "delivered_on", "proof")}
    beside = {name: value for name, value in said.items() if name != "proof"}
    assert kept == {name: list(value) if isinstance(value, tuple) else value for name, value in beside.items()}


def test_another_street_may_carry_it_(cast: Cast, life: Life) -> None:
    with refused("由本单位自己送达的，不用选代为送达的单位。", field="carried_by"):
        deliver(life, carried_by=cast.street)
    assert deliver(life, carried_by=cast.dept).content()["carried_by_id"] == cast.dept.pk


def test_a_scan_of_another_petition_is_refused(cast: Cast, life: Life, store: None) -> None:
    other = Life(cast)
    file = sealed("回证".encode(), other.petition)
    by, at = cast.registrar, life.later()
    scan = actions.add_evidence(other.petition, file=file, name="a.txt", label="送达回证", by=by, at=at)
    with refused("回证扫描件不是这件信访件的。", field="scan"):
        deliver(life, scan=scan)


def test_what_nobody_can_be_handed_is_kept_on_file_and_no_window_opens(cast: Cast) -> None:
    """S11: an anonymous letter that was handled all the same."""
    life = Life(cast, people=()).until("issue_opinion")
    deliver(life, mode=DeliveryMode.FILED, proof="来信没有留名，无法送达。")
    assert (life.petition.status, life.petition.evaluation_status) == ("closed", "unopened")
    assert running(life.petition) == {}
    assert life.petition.due_on == life.now.date()
    actions.archive(life.petition, by=cast.archivist, at=life.later())


def test_what_is_not_delivered_in_five_working_days_is_overdue(life: Life) -> None:
    """D19: signed on Wednesday 17 June, the fifth working day is the 24th."""
    assert running(life.assignment)["D19"] == life.assignment.due_on == date(2026, 6, 24)
    deliver(life, at=moment(date(2026, 7, 1)))
    assert "D19" not in running(life.assignment)


def test_unserved_opinions_are_a_list_of_the_unit_and_of_the_bureau(cast: Cast, life: Life) -> None:
    for name in ("street_handler", "street_head", "supervisor", "dispatcher"):
        assert [one.pk for one in worklists.unserved(cast.officers[name])] == [life.assignment.pk], name
    assert not worklists.unserved(cast.dept_handler).exists()
    deliver(life)
    assert not worklists.unserved(cast.supervisor).exists()


def test_a_sealed_one_is_on_the_list_of_those_who_see_it(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    for step in ("handle", "draft_opinion", "issue_opinion"):
        getattr(life, step)()
    for name in ("supervisor", "registrar", "auditor", "leader"):
        if name in cast.officers:
            assert not worklists.unserved(cast.officers[name]).exists(), name
    for name in ("dispatcher", "street_head", "street_handler", "bureau_head"):
        assert worklists.unserved(cast.officers[name]).exists(), name


def test_the_system_ends_the_work_and_nobody_else(cast: Cast, life: Life) -> None:
    deliver(life)
    with refused("“结束承办”由系统办理。"):
        actions.finish(life.assignment, by=cast.street_head, at=life.later())
    with refused("只有交办件需要办结报告。"):
        actions.finish(life.assignment, by=ROAD, at=life.later())
