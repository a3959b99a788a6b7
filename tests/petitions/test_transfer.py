"""转送: to the unit with the power to decide, within fifteen days of receipt."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life, intake
from tests.files.handed_in import sealed
from tests.petitions.facts import begun, hands_that_may, moment, paper, promises_of, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import AssignmentKind, Channel, DuplicateOutcome, MatterKind, Procedure, Way
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Assignment, Evidence

pytestmark = pytest.mark.usefixtures("calendar_of_2026")


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("propose")


def test_only_the_dispatcher_of_the_bureau_transfers(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: actions.transfer(life.petition, by=by, at=life.later()))
    assert may == {"dispatcher"}


def test_the_bureau_transfers_what_a_street_received_and_proposed(cast: Cast) -> None:
    life = Life(cast)
    at = life.later()
    own = actions.register(intake(), organ=cast.street, by=cast.street_handler, at=at).petition
    actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=cast.street_head, at=at)
    way = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.TRANSFER,
        lead_unit=cast.dept,
        opinion="转住建局。",
    )
    actions.propose(own, way, by=cast.street_head, at=at)
    assert hands_that_may(cast, lambda by: actions.transfer(own, by=by, at=life.later())) == {"dispatcher"}


def test_the_unit_gets_it_and_waits_to_sign(life: Life) -> None:
    life.dispatch()
    assignment = life.assignment
    assert (assignment.kind, assignment.role, assignment.status) == ("transfer", "lead", "awaiting_sign")
    assert (assignment.unit, assignment.received_at) == (life.cast.street, life.now)
    assert (life.petition.status, life.petition.dispatched_at) == ("dispatched", life.now)


def test_the_fifteen_days_of_the_bureau_stop_and_those_of_the_unit_start(life: Life) -> None:
    life.dispatch()
    assert running(life.petition) == {}
    assert stopped(life.petition) == {"D2": life.now}
    # 19 June is the Dragon Boat Festival.
    assert running(life.assignment) == {"D3": date(2026, 6, 23), "D4": date(2026, 6, 30)}


def test_objection_and_notice_across_national_day(cast: Cast) -> None:
    """S1: received on Wednesday 30 September, 10:20."""
    life = begun(cast, moment(date(2026, 9, 28))).until("propose")
    actions.transfer(life.petition, by=cast.dispatcher, at=moment(date(2026, 9, 30), 10, 20))
    assert running(life.assignment) == {"D3": date(2026, 10, 13), "D4": date(2026, 10, 15)}


def test_until_the_unit_accepts_sixty_days_count_from_the_last_day_of_notice(life: Life) -> None:
    life.dispatch()
    assignment = life.assignment
    assert assignment.notice_due == assignment.due_on == date(2026, 6, 30)
    assert assignment.handling_due == date(2026, 6, 30) + timedelta(days=60)
    assert life.petition.due_on is None
    assert assignment.feedback_due is None


def test_a_late_transfer_shows_as_late_and_moves_nothing(cast: Cast) -> None:
    life = Life(cast).until("propose")
    actions.transfer(life.petition, by=cast.dispatcher, at=moment(date(2026, 7, 3)))
    d2 = promises_of(life.petition).get(clock="D2")
    assert d2.due_on == date(2026, 6, 30) < d2.stopped_at.date()


def test_the_letter_names_the_petitioner_and_the_days_and_bears_a_number(life: Life) -> None:
    life.dispatch()
    letter = said(PaperKind.TRANSFER_LETTER, life.petition)
    assert (letter["to"], letter["people"]) == ("骊山街道办事处", "王桂兰")
    assert (letter["objection_due"], letter["notice_due"]) == ("2026-06-23", "2026-06-30")
    assert paper(PaperKind.TRANSFER_LETTER, life.petition).number == "临bureau字〔2026〕转 1 号"


def test_the_letter_says_how_many_materials_go_with_it_and_not_what_they_are_called(life: Life, store: None) -> None:
    """Three hundred of them are one line; a name that somebody gave his file tells what no unit need read."""
    said_ = {"name": "身份证.txt", "label": "身份证复印件", "by": life.cast.registrar, "at": life.later()}
    first = actions.add_evidence(life.petition, file=sealed(b"x", life.petition), **said_)
    same = {name: getattr(first, name) for name in ("petition", "original", "copy", "name_sealed", "label", "added_at")}
    Evidence.objects.bulk_create(Evidence(**same) for _ in range(299))
    life.dispatch()
    letter = said(PaperKind.TRANSFER_LETTER, life.petition)
    assert letter["attachments"] == "信访材料300份，在信访信息系统中查看。"
    assert "身份证" not in str(letter)


def test_without_any_it_says_so(life: Life) -> None:
    life.dispatch()
    assert said(PaperKind.TRANSFER_LETTER, life.petition)["attachments"] == "无。"


def test_the_petitioner_is_told_where_it_went(life: Life) -> None:
    life.dispatch()
    notice = said(PaperKind.ROUTING_NOTICE, life.petition)
    assert (notice["to"], notice["unit"]) == ("王桂兰", "骊山街道办事处")
    assert "2026-06-30" in notice["next"]
    assert paper(PaperKind.ROUTING_NOTICE, life.petition).number == "临bureau字〔2026〕告 1 号"


def test_the_letters_of_a_sealed_petition_name_nobody(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    for kind in (PaperKind.TRANSFER_LETTER, PaperKind.ROUTING_NOTICE):
        assert "来信人（保密）" in str(said(kind, life.petition))
        assert "王" not in str(said(kind, life.petition))


def test_the_letter_of_an_anonymous_petition_says_so(cast: Cast) -> None:
    life = Life(cast, people=()).until("dispatch")
    assert said(PaperKind.TRANSFER_LETTER, life.petition)["people"] == "匿名"


def test_letters_are_numbered_without_a_gap_within_a_year(cast: Cast) -> None:
    numbers = []
    for _ in range(3):
        life = Life(cast).until("propose")
        with refused("拟办意见不是“交办”。", NotReady):
            actions.assign(life.petition, requirement="", by=cast.dispatcher, at=life.later())
        life.dispatch()
        numbers.append(paper(PaperKind.TRANSFER_LETTER, life.petition).number)
    assert numbers == [f"临bureau字〔2026〕转 {n} 号" for n in (1, 2, 3)]


def test_a_petition_is_transferred_once(life: Life) -> None:
    life.dispatch()
    with refused("现在不能“转送”：该件当前状态为“已交转”", NotOnTheRoad):
        life.dispatch()
    assert Assignment.objects.count() == 1


def test_nothing_is_transferred_before_it_is_proposed(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("现在不能“转送”：该件当前状态为“已登记”", NotOnTheRoad):
        life.dispatch()


def test_what_was_proposed_to_be_assigned_is_not_transferred(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("approve")
    with refused("拟办意见不是“转送”。", NotReady):
        actions.transfer(life.petition, by=cast.dispatcher, at=life.later())


def test_a_group_visit_waits_for_the_chief(cast: Cast) -> None:
    life = Life(cast, channel=Channel.VISIT, persons_count=12).until("propose")
    with refused("该件须经负责人批办后才能交出。", NotReady):
        life.dispatch()
    actions.approve(life.petition, note="同意。", by=cast.bureau_head, at=life.later())
    life.dispatch()
    assert life.petition.status == "dispatched"


def repeated(first: Life) -> Life:
    """A second petition on the same matter, proposed."""
    repeat, by = Life(first.cast), first.cast.dispatcher
    repeat.now = first.now
    same = {"outcome": DuplicateOutcome.REPEAT, "other": first.petition, "reason": "同人同事"}
    actions.check_duplicate(repeat.petition, **same, by=by, at=repeat.later())
    repeat.propose()
    return repeat


def test_a_matter_has_one_open_lead(cast: Cast) -> None:
    """C1: a repeat of a matter that is being handled is not given to a second unit."""
    first = Life(cast).until("dispatch")
    repeat = repeated(first)
    with refused("同一事项已有主办单位正在办理，不能再交。"):
        repeat.dispatch()
    assert Assignment.objects.count() == 1


def test_a_lead_that_gave_the_work_back_is_open_no_more(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    Assignment.objects.update(status="returned")
    repeat = repeated(life)
    repeat.dispatch()
    assert Assignment.objects.count() == 2


def test_a_repeat_of_an_answered_matter_may_be_given_again(cast: Cast) -> None:
    first = Life(cast).until("deliver")
    repeat = repeated(first)
    repeat.dispatch()
    assert repeat.assignment.matter_id == first.assignment.matter_id


def test_a_unit_that_was_closed_meanwhile_gets_nothing(life: Life) -> None:
    unit = life.cast.street
    unit.abolished_on = life.now.date()
    unit.save(update_fields=["abolished_on"])
    with refused("骊山街道办事处已撤销", field="lead_unit"):
        life.dispatch()
