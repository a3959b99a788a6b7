"""撤回: the petitioner's own will, found out by a call-back; never the unit's (E2, P13)."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, paper, promises_of, refused, running, said, stopped
from xinfang.documents.elements import takes_ink, wants_ink
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import actions, sight
from xinfang.petitions.codes import AssignmentKind, MatterKind, Procedure, Purpose, ReopenGround, Way
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove
from xinfang.petitions.models import Assignment, Named, Remark, Withdrawal
from xinfang.petitions.policies import By
from xinfang.trace.acts import PETITIONER

STATEMENT = "漏水已经修好，我自愿撤回。"
CALLED = "6月16日电话回访本人，确认自愿。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("sign_for")


@pytest.fixture
def asked(cast: Cast) -> Life:
    return Life(cast).until("ask_withdrawal")


def ask(life: Life, *, by: By = PETITIONER, **changes: Any) -> Withdrawal:
    words = {"statement": STATEMENT, "act_secret": life.registered.act_secret}
    return actions.ask_withdrawal(life.petition, **(words | changes), by=by, at=life.later())


def withdraw(life: Life, called_back: str = CALLED) -> None:
    actions.withdraw(life.petition, called_back=called_back, by=life.cast.registrar, at=life.later())


# 申请


def test_the_petitioner_asks_or_the_bureau_enters_his_paper_and_a_unit_never_does(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: ask(life, by=by)) == {"petitioner", "registrar", "dispatcher"}


def test_a_unit_that_tries_is_told_who_may(cast: Cast, life: Life) -> None:
    with refused("承办单位不能代为撤回。", NotYourMove):
        ask(life, by=cast.street_handler)


def test_what_a_street_received_is_not_withdrawn_by_the_street_either(cast: Cast, life: Life) -> None:
    petition = life.petition
    petition.organ = cast.street
    petition.save(update_fields=["organ"])
    assert hands_that_may(cast, lambda by: ask(life, by=by)) == {"petitioner", "registrar", "dispatcher"}


def test_without_the_act_secret_nobody_asks_in_the_petitioners_name(life: Life) -> None:
    with refused("办事密码不对。", field="act_secret"):
        ask(life, act_secret=life.registered.query_code)


def test_asking_stops_nothing(life: Life) -> None:
    before = running(life.petition), running(life.assignment), life.petition.status
    ask(life)
    assert (running(life.petition), running(life.assignment), life.petition.status) == before


@pytest.mark.parametrize(("hand", "how"), [("petitioner", "凭办事密码"), ("registrar", "书面申请")])
def test_asking_freezes_a_form_for_him_to_sign_which_no_unit_reads(life: Life, hand: str, how: str) -> None:
    ask(life, by=PETITIONER if hand == "petitioner" else life.cast.registrar)
    form = paper(PaperKind.WITHDRAWAL, life.petition)
    told = said(PaperKind.WITHDRAWAL, life.petition)
    assert (told["number"], told["statement"]) == (life.petition.number, STATEMENT)
    assert how in told["asked_how"]
    assert takes_ink(PaperKind.WITHDRAWAL)
    assert not wants_ink(PaperKind.WITHDRAWAL)
    assert sight.reads_paper(life.cast.registrar, life.petition, form)
    assert not sight.reads_paper(life.cast.street_handler, life.petition, form)


def test_who_is_refused_leaves_no_form(life: Life) -> None:
    with refused("办事密码不对。", field="act_secret"):
        ask(life, act_secret=life.registered.query_code)
    assert not Paper.objects.filter(kind=PaperKind.WITHDRAWAL).exists()


def test_the_form_of_a_sealed_petition_tells_no_name_and_no_reason(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    ask(life, by=cast.dispatcher)
    told = said(PaperKind.WITHDRAWAL, life.petition)
    assert {told["statement"], told["title"]} == {"（保密）"}
    assert told["people"] == "来信人（保密）"


def test_it_says_what_the_petitioner_wants(life: Life) -> None:
    with refused("请写明撤回的意思和理由。", field="statement"):
        ask(life, statement=" ")


def test_it_is_asked_once_at_a_time(asked: Life) -> None:
    with refused("已有撤回申请等待回访。"):
        ask(asked)


def test_an_urgent_matter_does_not_stop_for_a_withdrawal(cast: Cast) -> None:
    life = Life(cast, is_urgent=True)
    with refused("检举控告和涉及人身安全的紧急件不因撤回停止办理。", article="条例 三十"):
        ask(life)


def test_an_accusation_does_not_stop_for_a_withdrawal(cast: Cast) -> None:
    with refused("检举控告和涉及人身安全的紧急件不因撤回停止办理。", article="条例 三十"):
        ask(Life(cast, purpose=Purpose.ACCUSE))


def test_what_has_ended_is_not_withdrawn(cast: Cast) -> None:
    with refused("现在不能“撤回”", NotOnTheRoad):
        ask(Life(cast).until("deliver"))


# 回访


def test_the_bureau_calls_back(cast: Cast, asked: Life) -> None:
    at = asked.later()
    for verb in (actions.withdraw, actions.drop_withdrawal):
        may = hands_that_may(cast, lambda by, verb=verb: verb(asked.petition, called_back=CALLED, by=by, at=at))
        assert may == {"registrar", "dispatcher", "supervisor"}


def test_nobody_asked_nothing_is_withdrawn(life: Life) -> None:
    with refused("信访人没有申请撤回。", NotReady):
        withdraw(life)


def test_without_the_call_back_it_does_not_take_effect(asked: Life) -> None:
    for verb in (actions.withdraw, actions.drop_withdrawal):
        with refused("请写明回访的时间、方式和信访人的意思。", field="called_back"):
            verb(asked.petition, called_back=" ", by=asked.cast.registrar, at=asked.later())


def test_found_voluntary_it_ends_the_petition_and_the_units_work(asked: Life) -> None:
    withdraw(asked)
    petition, assignment = asked.petition, asked.assignment
    assert (petition.status, petition.ended_at) == ("withdrawn", asked.now)
    assert (assignment.status, assignment.done_at, assignment.due_on) == ("cancelled", asked.now, None)
    assert running(assignment) == {}
    assert running(petition) == {"D20": date(2026, 7, 15)}
    row = Withdrawal.objects.get()
    assert (row.is_voluntary, row.called_back, row.called_back_at) == (True, CALLED, asked.now)


def test_what_was_said_of_the_units_work_is_in_chinese_whoever_acts(asked: Life) -> None:
    withdraw(asked)
    assert Remark.objects.get(act="assignment.cancel").text == "信访人撤回。"


def test_before_it_is_given_to_a_unit_the_fifteen_days_stop(cast: Cast) -> None:
    life = Life(cast).until("propose")
    ask(life)
    withdraw(life)
    assert set(stopped(life.petition)) == {"D2"}
    assert set(running(life.petition)) == {"D20"}


def test_found_not_voluntary_the_petition_goes_on_as_if_never_asked(asked: Life) -> None:
    before = running(asked.petition), running(asked.assignment)
    actions.drop_withdrawal(asked.petition, called_back="他说是被劝的。", by=asked.cast.dispatcher, at=asked.later())
    assert asked.petition.status == "dispatched"
    assert (running(asked.petition), running(asked.assignment)) == before
    assert Withdrawal.objects.get().is_voluntary is False
    with refused("信访人没有申请撤回。", NotReady):
        withdraw(asked)
    ask(asked)


def test_when_the_opinion_is_out_it_cannot_be_withdrawn_and_nothing_is_lost(asked: Life) -> None:
    for step in ("accept", "handle", "draft_opinion", "issue_opinion"):
        getattr(asked, step)()
    with refused("处理意见已经出具，不能再撤回；信访人可以不再申请复查。", NotReady):
        withdraw(asked)


# 恢复


def test_what_was_checked_and_waits_to_be_closed_is_not_withdrawn_either(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("check_result")
    life.ask_withdrawal()
    with refused("处理意见已经出具，不能再撤回；信访人可以不再申请复查。", NotReady):
        withdraw(life)
    assert "D9" in running(life.petition)


def test_what_is_handled_anew_can_be_withdrawn(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    ground, unit = ReopenGround.NEW_FACTS, cast.street
    actions.reopen(life.petition, ground=ground, unit=unit, reason="新证据。", by=cast.bureau_head, at=life.later())
    life.ask_withdrawal()
    withdraw(life)
    assert life.petition.status == "withdrawn"


def test_a_forced_withdrawal_is_restored_and_the_old_dates_stay(asked: Life) -> None:
    first = asked.assignment
    withdraw(asked)
    asked.later(days=3)
    actions.reopen(
        asked.petition,
        ground=ReopenGround.FORCED_WITHDRAWAL,
        unit=asked.cast.dept,
        reason="信访人称受到施压，恢复办理。",
        by=asked.cast.bureau_head,
        at=asked.now,
    )
    assert (asked.petition.status, asked.petition.ended_at) == ("dispatched", None)
    assert asked.assignment.unit == asked.cast.dept
    assert set(running(asked.assignment)) == {"D3", "D4", "D7"}
    assert running(asked.petition) == {}
    assert promises_of(first).get(clock="D4").due_on == first.notice_due
    assert Assignment.objects.filter(petition=asked.pk).count() == 2


def test_a_proposal_that_found_an_accusation_ends_the_road_to_withdrawing(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    Named.objects.create(petition=life.petition, officer=cast.registrar)
    life.propose(
        kind=MatterKind.ACCUSATION,
        procedure=Procedure.PETITION_PROCEDURE,
        way=Way.ROUTE_OUT,
        lead_unit=None,
        ground="accusation",
        destination="区纪委监委",
    )
    with refused("检举控告和涉及人身安全的紧急件不因撤回停止办理。"):
        ask(life)
